//! A GeoPackage as a database that is only read, and that can do nothing else.

use std::fmt::Write;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::Error;
use crate::io::file::limits::ReadLimits;

/// Opens the file without writing to it or beside it.
///
/// # Errors
/// Where it can't be opened, is no database, or has edits beside it that can't be read so.
pub(super) fn open(path: &Path, limits: &ReadLimits) -> Result<Connection, Error> {
    let mut start = Vec::new();
    let read = File::open(path).and_then(|file| file.take(16).read_to_end(&mut start));
    read.map_err(|e| Error::io("open or read it", e))?;
    if start != b"SQLite format 3\0" {
        return Err(Error::input("no GeoPackage: the file is not a database of SQLite"));
    }
    let bytes = |suffix: &str| beside(path, suffix).metadata().map_or(0, |found| found.len());
    if bytes("-journal") > 0 {
        return Err(Error::input(
            "edits that were broken off, in the file of the same name that ends in -journal: open the layer in QGIS and \
             close it again",
        ));
    }
    // Where another program has it open, its edits are read through the memory that both share.
    let is_shared = beside(path, "-shm").is_file() && beside(path, "-wal").is_file();
    if !is_shared && bytes("-wal") > 0 {
        return Err(Error::input(
            "edits that are not in the file yet, but in the one of the same name that ends in -wal: open the layer in QGIS \
             and close it again",
        ));
    }
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    // Otherwise SQLite would make files beside a database that was last written with a -wal.
    let uri = format!("file:{}{}", escaped(path), if is_shared { "" } else { "?immutable=1" });
    let fail = |e| error(&e, limits);
    let database = Connection::open_with_flags(uri, flags).map_err(fail)?;
    for (option, is_on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
        (DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true),
    ] {
        database.set_db_config(option, is_on).map_err(fail)?;
    }
    let most = i32::try_from(limits.record_bytes).unwrap_or(i32::MAX).clamp(1 << 16, 1_000_000_000);
    for (limit, value) in [
        (Limit::SQLITE_LIMIT_LENGTH, most),
        (Limit::SQLITE_LIMIT_ATTACHED, 0),
        (Limit::SQLITE_LIMIT_WORKER_THREADS, 0),
    ] {
        database.set_limit(limit, value).map_err(fail)?;
    }
    // Damage is found where it is, and not by a crash.
    database
        .execute_batch("PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA query_only = ON;")
        .map_err(fail)?;
    Ok(database)
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// A path in an address of SQLite.
fn escaped(path: &Path) -> String {
    let mut out = String::new();
    #[cfg(unix)]
    let bytes = std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str()).to_vec();
    #[cfg(not(unix))]
    let bytes = {
        let text = path.to_string_lossy().replace('\\', "/");
        // `C:/a` is `/C:/a` in an address.
        if text.as_bytes().get(1) == Some(&b':') {
            format!("/{text}").into_bytes()
        } else {
            text.into_bytes()
        }
    };
    // Two slashes would begin the name of a host.
    if bytes.starts_with(b"//") {
        out.push_str("//");
    }
    for byte in bytes {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b':' => {
                out.push(byte as char)
            }
            _ => drop(write!(out, "%{byte:02X}")),
        }
    }
    out
}

/// What SQLite found wrong.
pub(super) fn error(fault: &rusqlite::Error, limits: &ReadLimits) -> Error {
    match fault.sqlite_error_code() {
        Some(ErrorCode::TooBig) => match limits.record("the row", usize::MAX) {
            Err(error) => error,
            Ok(()) => Error::input(format!("a row that can't be read ({fault})")),
        },
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            Error::input("another program is writing to the file: wait until it has saved, and try again")
        }
        Some(
            ErrorCode::SystemIoFailure
            | ErrorCode::CannotOpen
            | ErrorCode::PermissionDenied
            | ErrorCode::OutOfMemory,
        ) => Error::io("read it", std::io::Error::other(fault.to_string())),
        _ => Error::input(format!(
            "a damaged GeoPackage ({fault}): copy it again, or repair it with `ogr2ogr`"
        )),
    }
}
