package dev.godwit.evidence;

import com.fasterxml.jackson.annotation.JsonProperty;

/// The outcome of a rehearsal or a watch. No data is never a [#PASS].
public enum Verdict {
    @JsonProperty("pass")
    PASS,
    @JsonProperty("fail")
    FAIL,
    @JsonProperty("inconclusive")
    INCONCLUSIVE
}
