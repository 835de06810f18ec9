//! Files that someone else named: read without waiting, without end, and only if they are files.

use std::{
    fs::{File, Metadata, OpenOptions},
    io::{self, Read},
    os::unix::fs::{FileTypeExt, MetadataExt, OpenOptionsExt},
    path::Path,
};

use nix::fcntl::OFlag;

/// Largest file that is read. A system's bundle of authorities has about 220 KiB.
const LARGEST: u64 = 16 * 1024 * 1024;

/// What tells that a file is no longer the one that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    device: u64,
    inode: u64,
    size: u64,
    modified: (i64, i64),
    changed: (i64, i64),
}

impl Stamp {
    /// Of what is at `path` now; none: nothing that can be looked at.
    pub(super) fn of(path: &Path) -> Option<Self> {
        std::fs::metadata(path).ok().map(|metadata| Self::from(&metadata))
    }

    /// The same for every name of a file.
    pub(super) fn file(&self) -> (u64, u64) {
        (self.device, self.inode)
    }
}

impl From<&Metadata> for Stamp {
    fn from(metadata: &Metadata) -> Self {
        Self {
            device: metadata.dev(),
            inode: metadata.ino(),
            size: metadata.size(),
            modified: (metadata.mtime(), metadata.mtime_nsec()),
            changed: (metadata.ctime(), metadata.ctime_nsec()),
        }
    }
}

/// Why a file was not read.
#[derive(Debug)]
pub(super) enum Unread {
    Io(io::Error),
    /// What it is instead of a file.
    NotAFile(&'static str),
    TooLarge,
}

/// The whole file, and the stamp of what was read.
pub(super) fn read(path: &Path) -> Result<(Vec<u8>, Stamp), Unread> {
    // Without O_NONBLOCK a pipe is opened only when somebody writes to it.
    let open = OpenOptions::new().read(true).custom_flags(OFlag::O_NONBLOCK.bits()).open(path);
    let mut file = open.map_err(|e| not_a_file(path).map_or(Unread::Io(e), Unread::NotAFile))?;
    let metadata = file.metadata().map_err(Unread::Io)?;
    if let Some(what) = other_than_file(&metadata) {
        return Err(Unread::NotAFile(what));
    }
    let content = read_up_to(&mut file, LARGEST).map_err(Unread::Io)?;
    content.map(|content| (content, Stamp::from(&metadata))).ok_or(Unread::TooLarge)
}

/// The rest of the file; none: it is larger than `most`.
fn read_up_to(file: &mut File, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut content = Vec::new();
    file.take(most + 1).read_to_end(&mut content)?;
    Ok((content.len() as u64 <= most).then_some(content))
}

/// What cannot even be opened, such as a socket.
fn not_a_file(path: &Path) -> Option<&'static str> {
    other_than_file(&std::fs::metadata(path).ok()?)
}

fn other_than_file(metadata: &Metadata) -> Option<&'static str> {
    let kind = metadata.file_type();
    [
        (kind.is_dir(), "a directory"),
        (kind.is_fifo(), "a pipe"),
        (kind.is_socket(), "a socket"),
        (!kind.is_file(), "a device"),
    ]
    .into_iter()
    .find_map(|(is, what)| is.then_some(what))
}
