//! The three functions.

use ext_php_rs::{builders::FunctionBuilder, prelude::*};

use super::{
    arguments::{Case, Flag, Id, Text},
    client::{Client, GivenClient},
    constants,
    domain::Domain,
    ssl_deployment::SslDeployment,
};
use crate::api::Redirection;

/// The functions, for the module's registration.
pub fn all() -> [FunctionBuilder<'static>; 3] {
    [
        wrap_function!(runcloud_add_domain),
        wrap_function!(runcloud_remove_domain),
        wrap_function!(runcloud_redeploy_ssl),
    ]
}

#[php_function]
#[php(defaults(www = false, redirection = Redirection::None))]
pub fn runcloud_add_domain(
    domain: Text,
    www: Flag,
    redirection: Case<Redirection>,
    client: Option<GivenClient<'_>>,
) -> PhpResult<Domain> {
    with(client, |client| client.add(&domain.0, www.0, redirection.0))
}

#[php_function]
pub fn runcloud_remove_domain(
    domain: Text,
    domainId: Option<Id>,
    client: Option<GivenClient<'_>>,
) -> PhpResult<bool> {
    with(client, |client| client.remove(&domain.0, domainId))
}

#[php_function]
pub fn runcloud_redeploy_ssl(
    domain: Option<Text>,
    certificateId: Option<Id>,
    client: Option<GivenClient<'_>>,
    domainId: Option<Id>,
) -> PhpResult<SslDeployment> {
    with(client, |client| client.redeploy(domain, certificateId, domainId))
}

/// The given client, or the one of the constants.
fn with<T>(client: Option<GivenClient<'_>>, call: impl FnOnce(&Client) -> PhpResult<T>) -> PhpResult<T> {
    match client {
        Some(client) => call(&client),
        None => call(&Client::of_constants(constants::PREFIX)?),
    }
}
