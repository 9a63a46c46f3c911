//! Owner and mode of a file that is replaced go to the new one.

use std::fs::{File, Metadata};
use std::io;

/// Gives a file the owner of the old one, where the system allows it, and its mode. Where owner or group stay others, they get
/// no right that they did not have.
#[cfg(unix)]
pub(super) fn keep(file: &File, old: &Metadata) -> io::Result<()> {
    use std::fs::Permissions;
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
    const ALL_BITS: u32 = 0o7777;
    const SET_ID: u32 = 0o6000;
    const GROUP: u32 = 0o070;
    let new = file.metadata()?;
    let keeps_group = new.gid() == old.gid() || fchown(file, None, Some(old.gid())).is_ok();
    let keeps_owner = new.uid() == old.uid() || fchown(file, Some(old.uid()), None).is_ok();
    let mut mode = old.mode() & ALL_BITS;
    if !keeps_group {
        // No more than all others have.
        mode &= !GROUP | (mode << 3);
    }
    if !keeps_group || !keeps_owner {
        mode &= !SET_ID;
    }
    match file.set_permissions(Permissions::from_mode(mode)) {
        // File systems without modes refuse what they do not know.
        Err(e) if e.kind() == io::ErrorKind::PermissionDenied || e.kind() == io::ErrorKind::Unsupported => {
            Ok(())
        }
        set => set,
    }
}

#[cfg(not(unix))]
pub(super) fn keep(_: &File, _: &Metadata) -> io::Result<()> {
    Ok(())
}
