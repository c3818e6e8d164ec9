package dev.godwit.gateway;

/// One client connection as it stands.
///
/// @param id its number in this gateway, from 1
/// @param backendPid 0 until the server has said it
public record ConnectionInfo(
        long id, int backendPid, String applicationName, String user, String database, State state) {
    public enum State {
        STARTING,
        IDLE,
        ACTIVE,
        IDLE_IN_TRANSACTION,
        IDLE_IN_FAILED_TRANSACTION
    }
}
