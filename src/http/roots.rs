//! Whom TLS trusts: the system's authorities, and those of `runcloud.ca_file`.
//!
//! Which files are the system's is settled when PHP starts. They are parsed once, shared by every client, and read again when one
//! of them has changed.

use std::{
    collections::{BTreeSet, HashSet},
    env,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use rustls::{RootCertStore, pki_types::CertificateDer};

use super::{
    error::Error,
    files::{self, Stamp, Unread},
    obstacle, pem,
    reason::Reason,
    settings::CA_FILE,
};

/// Bundles of the common systems; the first that is there counts.
const BUNDLES: [&str; 5] = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/cert.pem",
];
/// Folders with a file for each authority.
const FOLDERS: [&str; 2] = ["/etc/ssl/certs", "/etc/pki/tls/certs"];

static PLACES: OnceLock<Places> = OnceLock::new();

/// Where the system has its authorities.
struct Places {
    file: Option<PathBuf>,
    folders: Vec<PathBuf>,
    is_from_environment: bool,
}

/// Keeps what `SSL_CERT_FILE` and `SSL_CERT_DIR` say now: they are the operator's at start-up, and any script's later. For module
/// start-up.
pub fn remember_environment() {
    let _ = places();
}

fn places() -> &'static Places {
    PLACES.get_or_init(|| {
        let file = env::var_os("SSL_CERT_FILE").filter(|file| !file.is_empty()).map(PathBuf::from);
        let folders: Vec<_> = env::var_os("SSL_CERT_DIR")
            .map(|folders| {
                env::split_paths(&folders).filter(|folder| !folder.as_os_str().is_empty()).collect()
            })
            .unwrap_or_default();
        if file.is_some() || !folders.is_empty() {
            return Places { file, folders, is_from_environment: true };
        }
        let bundle = BUNDLES.into_iter().map(PathBuf::from).find(|bundle| bundle.is_file());
        Places { file: bundle, folders: FOLDERS.map(PathBuf::from).into(), is_from_environment: false }
    })
}

/// Authorities, and what they were read from.
pub(super) struct Roots {
    pub(super) store: Arc<RootCertStore>,
    /// Tells these certificates from others.
    digest: u64,
    watched: Vec<(PathBuf, Option<Stamp>)>,
}

impl Roots {
    /// Whether what they were read from is as it was.
    fn is_current(&self) -> bool {
        self.watched.iter().all(|(path, stamp)| Stamp::of(path) == *stamp)
    }
}

/// What was read, for the next call.
#[derive(Default)]
pub(super) struct Cache {
    system: Option<Arc<Roots>>,
    with_file: Vec<(PathBuf, Arc<Roots>)>,
}

/// CA files that are remembered, the one that was used last at the end.
const MOST_FILES: usize = 4;

impl Cache {
    /// The system's authorities and those of `file`; the same ones as before when nothing has changed.
    pub(super) fn get(&mut self, file: Option<&Path>) -> Result<Arc<Roots>, Error> {
        let system = if let Some(system) = self.system.take().filter(|roots| roots.is_current()) {
            system
        } else {
            self.with_file.clear();
            Arc::new(read_system()?)
        };
        let system = self.system.insert(system);
        let Some(file) = file else {
            return if system.store.is_empty() { Err(nobody_to_trust()) } else { Ok(Arc::clone(system)) };
        };
        let known = self
            .with_file
            .iter()
            .position(|(path, _)| path == file)
            .map(|place| self.with_file.remove(place).1);
        let roots = match known.filter(|roots| roots.is_current()) {
            Some(roots) => roots,
            None => Arc::new(read_file(file, system)?),
        };
        if self.with_file.len() >= MOST_FILES {
            self.with_file.remove(0);
        }
        self.with_file.push((file.to_owned(), Arc::clone(&roots)));
        Ok(roots)
    }

    /// Reads again what `file` was read from. Whether there is anything new.
    pub(super) fn refresh(&mut self, file: Option<&Path>) -> bool {
        let before = self.get(file).ok();
        *self = Self::default();
        match (before, self.get(file)) {
            (Some(before), Ok(now)) if before.digest == now.digest => {
                // The same again: the clients that trust them stay.
                match file {
                    Some(file) => self.with_file = vec![(file.to_owned(), before)],
                    None => self.system = Some(before),
                }
                false
            }
            (_, now) => now.is_ok(),
        }
    }
}

fn read_system() -> Result<Roots, Error> {
    let places = places();
    let mut watched = Vec::new();
    let mut certificates = BTreeSet::new();
    let mut seen = HashSet::new();
    let mut files: Vec<PathBuf> = places.file.iter().cloned().collect();
    for folder in &places.folders {
        watched.push((folder.clone(), Stamp::of(folder)));
        let entries = std::fs::read_dir(folder).into_iter().flatten();
        files.extend(entries.filter_map(|entry| entry.ok().map(|entry| entry.path())));
    }
    for (number, file) in files.iter().enumerate() {
        let stamp = Stamp::of(file);
        if number == 0 && places.file.is_some() {
            watched.push((file.clone(), stamp));
        }
        // The folder has several links to each file.
        if !stamp.is_some_and(|stamp| seen.insert(stamp.file())) {
            continue;
        }
        match files::read(file) {
            Ok((pem, _)) => {
                certificates.extend(pem::certificates(&pem).into_iter().flatten().map(|c| c.der.to_vec()));
            }
            Err(Unread::Io(e)) if obstacle::is_out_of_descriptors(&e) => {
                return Err(Error::new(Reason::OutOfFileDescriptors).with_cause(e.to_string()));
            }
            // As with OpenSSL, what cannot be read is not trusted.
            Err(_) => {}
        }
    }
    let digest = digest(0, &certificates);
    let mut store = RootCertStore::empty();
    store.add_parsable_certificates(certificates.into_iter().map(CertificateDer::from));
    Ok(Roots { store: Arc::new(store), digest, watched })
}

fn read_file(file: &Path, system: &Roots) -> Result<Roots, Error> {
    let (pem, stamp) = files::read(file).map_err(|unread| unreadable(file, unread))?;
    let invalid = |problem: &'static str| {
        Error::new(Reason::CaFileInvalid)
            .with("setting", CA_FILE.name)
            .with("file", shown(file))
            .with("problem", problem)
    };
    let mut store = RootCertStore { roots: system.store.roots.clone() };
    let mut certificates = BTreeSet::new();
    let found = pem::certificates(&pem);
    if found.is_empty() {
        return Err(invalid("no-certificate"));
    }
    for certificate in found {
        let damaged = |block: usize, line: usize, damage: &'static str| {
            invalid("damaged").with("block", block).with("line", line).with("damage", damage)
        };
        let certificate = certificate.map_err(|d| damaged(d.block, d.line, d.damage))?;
        store.add(certificate.der.clone()).map_err(|e| {
            damaged(certificate.block, certificate.line, "is no X.509 certificate").with_cause(e.to_string())
        })?;
        certificates.insert(certificate.der.to_vec());
    }
    let digest = digest(system.digest, &certificates);
    Ok(Roots { store: Arc::new(store), digest, watched: vec![(file.to_owned(), Some(stamp))] })
}

fn digest(before: u64, certificates: &BTreeSet<Vec<u8>>) -> u64 {
    let mut hasher = DefaultHasher::new();
    (before, certificates).hash(&mut hasher);
    hasher.finish()
}

fn unreadable(file: &Path, unread: Unread) -> Error {
    let of = |reason: Reason| Error::new(reason).with("setting", CA_FILE.name).with("file", shown(file));
    match unread {
        Unread::Io(e) if obstacle::is_out_of_descriptors(&e) => {
            Error::new(Reason::OutOfFileDescriptors).with_cause(e.to_string())
        }
        Unread::Io(e) => of(Reason::CaFileUnreadable).with("problem", e.kind().to_string()),
        Unread::NotAFile(what) => of(Reason::CaFileInvalid).with("problem", "not-a-file").with("found", what),
        Unread::TooLarge => of(Reason::CaFileInvalid).with("problem", "too-large"),
    }
}

fn nobody_to_trust() -> Error {
    let places = places();
    let mut error = Error::new(Reason::RootsMissing);
    if places.is_from_environment {
        if let Some(file) = &places.file {
            error = error.with("SSL_CERT_FILE", shown(file));
        }
        if !places.folders.is_empty() {
            let folders: Vec<_> = places.folders.iter().map(|folder| shown(folder)).collect();
            error = error.with("SSL_CERT_DIR", folders.join(":"));
        }
    }
    error
}

/// A path as a message may show it.
fn shown(path: &Path) -> String {
    super::settings::shown(&path.to_string_lossy())
}
