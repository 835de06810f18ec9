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

/// One that is missing here is unknown to PHP: "Class ... not found".
const ALL: [&EnumInfo; 5] =
    [Redirection::INFO, DomainType::INFO, SslMode::INFO, SslOutcome::INFO, Reason::INFO];

/// The PHP code of the enum with this name, whose case does not matter.
pub(super) fn source(name: &[u8]) -> Option<String> {
    // Loaders are asked for every class of an application: most are told by their first letters.
    let in_namespace = name.get(..9)?.eq_ignore_ascii_case(br"runcloud\");
    ALL.iter()
        .find(|info| in_namespace && info.class.as_bytes().eq_ignore_ascii_case(name))
        .map(|info| info.source())
}
