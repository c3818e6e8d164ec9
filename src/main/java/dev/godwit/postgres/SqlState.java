package dev.godwit.postgres;

/// The SQLSTATEs that Godwit acts on.
///
/// Source: PostgreSQL manual, appendix A.
public final class SqlState {
    public static final String ACTIVE_SQL_TRANSACTION = "25001";
    public static final String READ_ONLY_SQL_TRANSACTION = "25006";
    public static final String INVALID_PASSWORD = "28P01";
    public static final String INVALID_AUTHORIZATION = "28000";
    public static final String INVALID_CATALOG_NAME = "3D000";
    public static final String IDLE_IN_TRANSACTION_TIMEOUT = "25P03";
    public static final String TRANSACTION_TIMEOUT = "25P04";
    public static final String SERIALIZATION_FAILURE = "40001";
    public static final String DEADLOCK_DETECTED = "40P01";
    public static final String INSUFFICIENT_PRIVILEGE = "42501";
    public static final String UNDEFINED_TABLE = "42P01";
    public static final String DUPLICATE_TABLE = "42P07";
    public static final String LOCK_NOT_AVAILABLE = "55P03";
    public static final String QUERY_CANCELED = "57014";
    public static final String ADMIN_SHUTDOWN = "57P01";
    public static final String DISK_FULL = "53100";
    public static final String TOO_MANY_CONNECTIONS = "53300";

    private SqlState() {}

    /// Class 08, and the server going away under a session or ending it: whether the statement took effect is unknown.
    public static boolean connectionLost(String sqlState) {
        return sqlState.startsWith("08")
                || sqlState.startsWith("57P0")
                || sqlState.equals(IDLE_IN_TRANSACTION_TIMEOUT)
                || sqlState.equals(TRANSACTION_TIMEOUT);
    }
}
