//! Who we are to the panel. The secrets are in types that cannot be printed.

use base64::prelude::{BASE64_STANDARD, Engine};
use secrecy::{ExposeSecret, SecretString};

use super::{error::Error, reason::Reason};

/// A token for API v3, or a key pair for API v2.
#[derive(Clone, Debug)]
pub enum Credentials {
    /// A workspace's API token: `Authorization: Bearer`, API v3; <https://runcloud.io/docs/api/v3/>.
    Token(SecretString),
    /// The key and secret of a legacy personal space: HTTP Basic, API v2; <https://runcloud.io/docs/api/v2/>.
    KeyPair {
        /// `WU_RUNCLOUD_API_KEY`.
        key: SecretString,
        /// `WU_RUNCLOUD_API_SECRET`.
        secret: SecretString,
    },
}

/// What the three secrets are called where they were given, for error messages.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    /// The name of the token.
    pub token: &'a str,
    /// The name of the key.
    pub key: &'a str,
    /// The name of the secret.
    pub secret: &'a str,
}

impl Credentials {
    /// The token wins; else both key and secret are needed. Empty counts as not given; white space around is dropped.
    ///
    /// # Errors
    /// A configuration error that names what is missing or cannot be sent, never its value.
    pub fn choose(
        token: Option<&str>,
        key: Option<&str>,
        secret: Option<&str>,
        names: Names<'_>,
    ) -> Result<Self, Error> {
        let [token, key, secret] = [token, key, secret].map(|s| s.map(str::trim).filter(|s| !s.is_empty()));
        let given = [(names.token, token), (names.key, key), (names.secret, secret)];
        for (name, value) in given {
            if value.is_some_and(|v| !v.bytes().all(|b| b.is_ascii_graphic())) {
                return Err(Error::new(Reason::CredentialsInvalid)
                    .with("name", name)
                    .with("problem", "characters"));
            }
        }
        if key.is_some_and(|key| key.contains(':')) {
            return Err(Error::new(Reason::CredentialsInvalid)
                .with("name", names.key)
                .with("problem", "colon"));
        }
        let missing = |what: &str, given: &str| {
            Error::new(Reason::CredentialsMissing)
                .with("name", what)
                .with("given", given)
                .with("token", names.token)
        };
        match (token, key, secret) {
            (Some(token), _, _) => Ok(Self::Token(token.into())),
            (None, Some(key), Some(secret)) => Ok(Self::KeyPair { key: key.into(), secret: secret.into() }),
            (None, Some(_), None) => Err(missing(names.secret, names.key)),
            (None, None, Some(_)) => Err(missing(names.key, names.secret)),
            (None, None, None) => Err(Error::new(Reason::CredentialsMissing)
                .with("name", names.token)
                .with("token", names.token)
                .with("key", names.key)
                .with("secret", names.secret)),
        }
    }

    /// The version of the API that these are for, as a path segment.
    #[must_use]
    pub fn api_version(&self) -> &'static str {
        match self {
            Self::Token(_) => "v3",
            Self::KeyPair { .. } => "v2",
        }
    }

    /// What these are called in a message.
    #[must_use]
    pub fn noun(&self) -> &'static str {
        match self {
            Self::Token(_) => "API token",
            Self::KeyPair { .. } => "API key and secret",
        }
    }

    /// `text` without any of the secrets, should the panel have sent one back.
    pub(crate) fn redact(&self, text: &str) -> String {
        const HIDDEN: &str = "[hidden]";
        match self {
            Self::Token(token) => text.replace(token.expose_secret(), HIDDEN),
            Self::KeyPair { key, secret } => {
                let [key, secret] = [key, secret].map(ExposeSecret::expose_secret);
                // As the Authorization header has them.
                let both = BASE64_STANDARD.encode(format!("{key}:{secret}"));
                text.replace(&both, HIDDEN).replace(secret, HIDDEN).replace(key, HIDDEN)
            }
        }
    }
}
