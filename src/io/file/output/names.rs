//! The names of the files that stand beside outputs while they are written.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// What temporary files end with.
pub(super) const SUFFIX: &str = ".tmp";
/// Of the output's own name so many bytes at most are in the name beside: some file systems have 143 for all.
const MOST_OF_NAME: usize = 100;

/// What the temporary files of an output begin with.
pub(super) fn temporary_prefix(name: &OsStr) -> String {
    let shown = name.to_string_lossy();
    if shown.len() <= MOST_OF_NAME {
        return format!(".{shown}.patrol-");
    }
    let digest = Sha256::digest(name.as_encoded_bytes());
    let digest: String = digest[..4].iter().map(|byte| format!("{byte:02x}")).collect();
    let end = (0..=MOST_OF_NAME).rev().find(|&end| shown.is_char_boundary(end)).unwrap_or(0);
    format!(".{}~{digest}.patrol-", &shown[..end])
}

/// Whether a run has made that name: the prefix, six letters or digits, the suffix.
pub(super) fn is_left_over(name: &OsStr, prefix: &str, suffix: &str) -> bool {
    let name = name.to_string_lossy();
    let random = name.strip_prefix(prefix).and_then(|rest| rest.strip_suffix(suffix));
    random.is_some_and(|random| random.len() == 6 && random.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// Where the file that a temporary one replaces waits until all is done.
pub(super) fn backup_of(temporary: &Path) -> PathBuf {
    temporary.with_extension("old")
}

/// A path as text of one line, which [`from_text`] reads: in the journal's own folder its name alone, so that the folder may be
/// moved or mounted elsewhere.
pub(super) fn to_text(path: &Path, folder: &Path) -> String {
    let shown = match path.file_name() {
        Some(name) if path.parent() == Some(folder) => name,
        _ => path.as_os_str(),
    };
    let mut text = String::new();
    for chunk in shown.as_encoded_bytes().utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '%' => text.push_str("%25"),
                c if c.is_ascii_control() => text.push_str(&format!("%{:02X}", u32::from(c))),
                c => text.push(c),
            }
        }
        chunk.invalid().iter().for_each(|byte| text.push_str(&format!("%{byte:02X}")));
    }
    text
}

/// The path of a text; `None` if it is none.
pub(super) fn from_text(text: &str, folder: &Path) -> Option<PathBuf> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&byte, behind)) = rest.split_first() {
        let two = || behind.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match byte {
            b'%' => {
                bytes.push(u8::from_str_radix(two()?, 16).ok()?);
                rest = &behind[2..];
            }
            byte => {
                bytes.push(byte);
                rest = behind;
            }
        }
    }
    let path = PathBuf::from(os_string(bytes)?);
    let is_name = path.components().count() == 1 && path.file_name().is_some();
    (path.is_absolute() || is_name).then(|| folder.join(path))
}

#[cfg(unix)]
fn os_string(bytes: Vec<u8>) -> Option<OsString> {
    use std::os::unix::ffi::OsStringExt;
    Some(OsString::from_vec(bytes))
}

#[cfg(not(unix))]
fn os_string(bytes: Vec<u8>) -> Option<OsString> {
    String::from_utf8(bytes).ok().map(OsString::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_beside_are_short_enough_and_tell_outputs_apart() {
        assert_eq!(temporary_prefix(OsStr::new("out.geojson")), ".out.geojson.patrol-");
        let long = |end: &str| temporary_prefix(OsStr::new(&("é".repeat(120) + end)));
        assert!(long("a").len() < 130 && long("a") != long("b"));
        assert!(is_left_over(OsStr::new(".out.patrol-AbC123.tmp"), ".out.patrol-", SUFFIX));
        for other in [".out.patrol-AbC12.tmp", ".out.patrol-AbC.12.tmp", ".out.patrol-AbC123.old", "out"] {
            assert!(!is_left_over(OsStr::new(other), ".out.patrol-", SUFFIX), "{other}");
        }
    }

    #[test]
    fn paths_come_back_from_their_text() {
        let folder = Path::new("/a b");
        for path in ["/a b/c%25", "/a b/é\n", "/else/where/%", "/a b/.x.patrol-AbC123.tmp"] {
            let text = to_text(Path::new(path), folder);
            assert!(!text.contains('\n'));
            assert_eq!(from_text(&text, folder).as_deref(), Some(Path::new(path)), "{text}");
        }
        assert_eq!(to_text(Path::new("/a b/c"), folder), "c");
        assert_eq!(from_text("c", Path::new("/moved")).as_deref(), Some(Path::new("/moved/c")));
        for bad in ["", "../c", "a/b", "%4", "%zz", ".."] {
            assert_eq!(from_text(bad, folder), None, "{bad}");
        }
        #[cfg(unix)]
        {
            use std::os::unix::ffi::OsStrExt;
            let path = Path::new(OsStr::from_bytes(b"/a b/\xFF\xC3"));
            assert_eq!(from_text(&to_text(path, folder), folder).as_deref(), Some(path));
        }
    }
}
