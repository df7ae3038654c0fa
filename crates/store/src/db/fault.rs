//! What an error of the driver means for the transaction in which it happened.

use sqlx::{Error, sqlite::SqliteError};

/// What to do after an error of the driver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Another transaction was in the way; the same again may succeed.
    Transient,
    /// A lock was waited for in vain: somebody holds it for long.
    Waited,
    /// The connection is gone.
    Lost,
    /// SQLite may have rolled back the whole transaction by itself: full disk, input/output, memory.
    Disk,
    /// The statement was wrong or broke a constraint.
    Statement,
}

/// Whether an error says that the disk of the database is full.
#[must_use]
pub fn is_full(error: &Error) -> bool {
    let database = match error {
        Error::Database(database) => database,
        Error::Io(error) => return error.kind() == std::io::ErrorKind::StorageFull,
        _ => return false,
    };
    let code = database.code();
    let code = code.as_deref().unwrap_or_default();
    match database.try_downcast_ref::<SqliteError>() {
        Some(_) => code.parse().is_ok_and(|code: i32| code & 0xff == FULL || code == SHARED_MEMORY_SIZE),
        // disk_full
        None => code == "53100",
    }
}

/// SQLite's primary code for a full disk.
const FULL: i32 = 13;
/// The index of the write-ahead log, a file beside the database, can't grow (`SQLITE_IOERR_SHMSIZE`): what the first
/// look at a database says on a full disk, where it writes nothing else yet.
const SHARED_MEMORY_SIZE: i32 = 10 | (19 << 8);
/// What is said to whoever runs a command on a full disk.
pub(crate) const NO_ROOM: &str = "the disk is full. Nothing was changed: make room, then try again";

impl Fault {
    /// The fault behind an error; none if the transaction is unharmed (no such row, a value that can't be read).
    pub(crate) fn of(error: &Error) -> Option<Self> {
        match error {
            Error::Database(database) => Some(match database.try_downcast_ref::<SqliteError>() {
                Some(_) => sqlite(database.code().as_deref().and_then(|code| code.parse().ok())),
                None => postgres(database.code().as_deref().unwrap_or_default()),
            }),
            Error::Io(_)
            | Error::Tls(_)
            | Error::Protocol(_)
            | Error::PoolClosed
            | Error::PoolTimedOut
            | Error::WorkerCrashed
            | Error::BeginFailed => Some(Self::Lost),
            Error::InvalidSavePointStatement => Some(Self::Disk),
            _ => None,
        }
    }
}

/// The low byte of SQLite's extended result code is its primary code.
fn sqlite(code: Option<i32>) -> Fault {
    const BUSY: i32 = 5;
    const LOCKED: i32 = 6;
    const NOMEM: i32 = 7;
    const INTERRUPT: i32 = 9;
    const IOERR: i32 = 10;
    const CORRUPT: i32 = 11;
    const CANTOPEN: i32 = 14;
    const BUSY_SNAPSHOT: i32 = 517;
    match code {
        Some(BUSY_SNAPSHOT) => Fault::Transient,
        Some(code) => match code & 0xff {
            BUSY => Fault::Waited,
            LOCKED => Fault::Transient,
            NOMEM | INTERRUPT | IOERR | CORRUPT | FULL | CANTOPEN => Fault::Disk,
            _ => Fault::Statement,
        },
        None => Fault::Statement,
    }
}

fn postgres(code: &str) -> Fault {
    match code {
        // serialization_failure, deadlock_detected
        "40001" | "40P01" => Fault::Transient,
        // lock_not_available
        "55P03" => Fault::Waited,
        // admin_shutdown, crash_shutdown, cannot_connect_now, idle sessions ended by the server
        "57P01" | "57P02" | "57P03" | "57P05" | "25P03" => Fault::Lost,
        // connection_exception, too_many_connections
        code if code.starts_with("08") || code == "53300" => Fault::Lost,
        _ => Fault::Statement,
    }
}
