//! The enums that PHP gets.

use super::enum_case::{EnumInfo, PhpEnum, php_enum};
use crate::{
    api::{DomainType, Redirection, SslMode},
    http::Reason,
    operations::SslOutcome,
};

php_enum!(Redirection, "Redirection", None = "none", Www = "www", NonWww = "non-www",);

php_enum!(DomainType, "DomainType", Primary = "primary", Alias = "alias", Redirect = "redirect",);

php_enum!(SslMode, "SslMode", Basic = "basic", Advanced = "advanced", Automatic = "automatic",);

php_enum!(
    SslOutcome,
    "SslOutcome",
    Redeployed = "redeployed",
    Installed = "installed",
    Automatic = "automatic",
    NotInstalled = "not-installed",
    NotRenewable = "not-renewable",
);

impl PhpEnum for Reason {
    const CLASS: &'static str = "RunCloud\\Reason";
    const INFO: &'static EnumInfo = &EnumInfo {
        class: Self::CLASS,
        cases: || Self::ALL.iter().map(|reason| (reason.name(), reason.code())).collect(),
    };

    fn case(self) -> &'static str {
        self.name()
    }

    fn from_case(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|reason| reason.name() == name)
    }
}

/// Every enum.
pub(super) const ALL: [&EnumInfo; 5] =
    [Redirection::INFO, DomainType::INFO, SslMode::INFO, SslOutcome::INFO, Reason::INFO];
