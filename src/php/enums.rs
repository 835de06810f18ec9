//! `RunCloud\Redirection`, `DomainType`, `SslMode` and `SslOutcome`.

use ext_php_rs::prelude::*;

use crate::{api, operations};

#[php_enum]
#[php(name = "RunCloud\\Redirection")]
#[derive(Clone, Copy, Debug)]
pub enum Redirection {
    #[php(value = "none")]
    None,
    #[php(value = "www")]
    Www,
    #[php(value = "non-www")]
    NonWww,
}

#[php_enum]
#[php(name = "RunCloud\\DomainType")]
pub enum DomainType {
    #[php(value = "primary")]
    Primary,
    #[php(value = "alias")]
    Alias,
    #[php(value = "redirect")]
    Redirect,
}

#[php_enum]
#[php(name = "RunCloud\\SslMode")]
pub enum SslMode {
    #[php(value = "basic")]
    Basic,
    #[php(value = "advanced")]
    Advanced,
    #[php(value = "automatic")]
    Automatic,
}

#[php_enum]
#[php(name = "RunCloud\\SslOutcome")]
pub enum SslOutcome {
    #[php(value = "redeployed")]
    Redeployed,
    #[php(value = "installed")]
    Installed,
    #[php(value = "automatic")]
    Automatic,
    #[php(value = "not-installed")]
    NotInstalled,
    #[php(value = "not-renewable")]
    NotRenewable,
}

impl From<Redirection> for api::Redirection {
    fn from(redirection: Redirection) -> Self {
        match redirection {
            Redirection::None => Self::None,
            Redirection::Www => Self::Www,
            Redirection::NonWww => Self::NonWww,
        }
    }
}

impl From<api::Redirection> for Redirection {
    fn from(redirection: api::Redirection) -> Self {
        match redirection {
            api::Redirection::None => Self::None,
            api::Redirection::Www => Self::Www,
            api::Redirection::NonWww => Self::NonWww,
        }
    }
}

impl From<api::DomainType> for DomainType {
    fn from(kind: api::DomainType) -> Self {
        match kind {
            api::DomainType::Primary => Self::Primary,
            api::DomainType::Alias => Self::Alias,
            api::DomainType::Redirect => Self::Redirect,
        }
    }
}

impl From<api::SslMode> for SslMode {
    fn from(mode: api::SslMode) -> Self {
        match mode {
            api::SslMode::Basic => Self::Basic,
            api::SslMode::Advanced => Self::Advanced,
            api::SslMode::Automatic => Self::Automatic,
        }
    }
}

impl From<operations::SslOutcome> for SslOutcome {
    fn from(outcome: operations::SslOutcome) -> Self {
        match outcome {
            operations::SslOutcome::Redeployed => Self::Redeployed,
            operations::SslOutcome::Installed => Self::Installed,
            operations::SslOutcome::Automatic => Self::Automatic,
            operations::SslOutcome::NotInstalled => Self::NotInstalled,
            operations::SslOutcome::NotRenewable => Self::NotRenewable,
        }
    }
}
