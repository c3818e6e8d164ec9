package dev.godwit.evidence;

import com.fasterxml.jackson.annotation.JsonProperty;

/// The state of an exit criterion. Unknown is never met.
public enum CriterionState {
    @JsonProperty("met")
    MET,
    @JsonProperty("notMet")
    NOT_MET,
    @JsonProperty("unknown")
    UNKNOWN;

    public static CriterionState of(boolean met) {
        return met ? MET : NOT_MET;
    }
}
