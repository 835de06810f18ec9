//! `RunCloud\Client`.

use std::{cell::Cell, ops::Deref, ptr};

use ext_php_rs::{class::RegisteredClass, convert::FromZval, flags::DataType, prelude::*, types::Zval};
use secrecy::{ExposeSecret, SecretString};

use super::{
    arguments::{self, Case, Flag, Id, Int, Text},
    certificate::Certificate,
    constants,
    dns_record::DnsRecord,
    domain::{self, Domain},
    domain_page::DomainPage,
    engine::int,
    enum_case::EnumCase,
    ini,
    server::Server,
    ssl_deployment::{self, SslDeployment},
    web_app::WebApp,
};
use crate::{
    api::{Redirection, SslMode, WebAppRef},
    http::{Credentials, Error, Reason, Session, credentials::Names, settings::SettingTexts},
    operations::{self, LocatedWebApp},
};

/// What the constructor's secrets are called.
const NAMES: Names<'_> = Names { token: "$apiToken", key: "$apiKey", secret: "$apiSecret" };

#[php_class]
#[php(name = "RunCloud\\Client")]
pub struct Client {
    app: WebAppRef,
    credentials: Credentials,
    proxy: Option<SecretString>,
    requests: Cell<i64>,
    rate_limit_remaining: Cell<Option<u64>>,
}

impl Client {
    fn new(app: WebAppRef, credentials: Credentials, proxy: Option<SecretString>) -> Self {
        Self { app, credentials, proxy, requests: Cell::new(0), rate_limit_remaining: Cell::new(None) }
    }

    /// From the constants whose names begin with `prefix`.
    pub(super) fn of_constants(prefix: &str) -> std::result::Result<Self, Error> {
        Ok(Self::new(constants::web_app(prefix)?, constants::credentials(prefix)?, None))
    }

    /// What `var_dump()` shows, in order: nothing that is secret.
    pub(super) fn shown(&self) -> [(&'static str, String); 5] {
        [
            ("serverId", self.app.server_id.to_string()),
            ("webAppId", self.app.web_app_id.to_string()),
            ("credentials", self.credentials.noun().to_owned()),
            ("baseUrl", format!("{}/{}", ini::base_url(), self.credentials.api_version())),
            ("proxy", ini::proxy(self.proxy.as_ref().map(ExposeSecret::expose_secret))),
        ]
    }

    /// One call: settings as they are now, one deadline, the spent requests counted whatever comes out.
    fn call<T>(
        &self,
        operation: impl FnOnce(&Session<'_>, WebAppRef) -> std::result::Result<T, Error>,
    ) -> PhpResult<T> {
        let settings = ini::settings(self.proxy.as_ref().map(ExposeSecret::expose_secret))?;
        let session = Session::begin(&self.credentials, settings);
        let result = operation(&session, self.app);
        self.requests.set(self.requests.get().saturating_add(session.requests().into()));
        self.rate_limit_remaining.set(session.rate_limit_remaining().or(self.rate_limit_remaining.get()));
        Ok(result?)
    }

    pub(super) fn add(&self, domain: &str, www: bool, redirection: Redirection) -> PhpResult<Domain> {
        domain::CLASS.check()?;
        self.call(|s, app| operations::add_domain(s, app, domain, www, redirection)).map(Into::into)
    }

    pub(super) fn remove(&self, domain: &str, domain_id: Option<Id>) -> PhpResult<bool> {
        self.call(|s, app| operations::remove_domain(s, app, domain, domain_id.map(|id| id.0)))
    }

    pub(super) fn redeploy(
        &self,
        domain: Option<Text>,
        certificate_id: Option<Id>,
        domain_id: Option<Id>,
    ) -> PhpResult<SslDeployment> {
        let (domain, [certificate, domain_id]) =
            (domain.as_ref().map(|d| d.0.as_str()), [certificate_id, domain_id].map(|id| id.map(|id| id.0)));
        ssl_deployment::CLASS.check()?;
        self.call(|s, app| operations::redeploy_ssl(s, app, domain, certificate, domain_id)).map(Into::into)
    }
}

#[php_impl]
impl Client {
    pub fn __construct(
        serverId: Int,
        webAppId: Int,
        apiToken: Option<Text>,
        apiKey: Option<Text>,
        apiSecret: Option<Text>,
        proxy: Option<Text>,
    ) -> PhpResult<Self> {
        let app =
            WebAppRef { server_id: own_id("serverId", serverId)?, web_app_id: own_id("webAppId", webAppId)? };
        let credentials = given(apiToken.as_ref(), apiKey.as_ref(), apiSecret.as_ref())?;
        if let Some(Text(proxy)) = &proxy {
            SettingTexts { proxy: proxy.clone(), ..SettingTexts::default() }.check()?;
        }
        Ok(Self::new(app, credentials, proxy.map(|p| p.0.into())))
    }

    #[php(defaults(prefix = constants::PREFIX))]
    pub fn from_constants(prefix: Text) -> PhpResult<Self> {
        Ok(Self::of_constants(&prefix.0)?)
    }

    pub fn discover(
        documentRoot: Text,
        apiToken: Option<Text>,
        apiKey: Option<Text>,
        apiSecret: Option<Text>,
        proxy: Option<Text>,
    ) -> PhpResult<Vec<WebApp>> {
        let credentials = match (&apiToken, &apiKey, &apiSecret) {
            (None, None, None) => constants::credentials(constants::PREFIX)?,
            _ => given(apiToken.as_ref(), apiKey.as_ref(), apiSecret.as_ref())?,
        };
        let settings = ini::settings(proxy.as_ref().map(|p| p.0.as_str()))?;
        let session = Session::begin(&credentials, settings);
        Ok(operations::discover(&session, &documentRoot.0)?.into_iter().map(Into::into).collect())
    }

    #[php(defaults(www = false, redirection = Redirection::None))]
    pub fn add_domain(&self, domain: Text, www: Flag, redirection: Case<Redirection>) -> PhpResult<Domain> {
        self.add(&domain.0, www.0, redirection.0)
    }

    pub fn remove_domain(&self, domain: Text, domainId: Option<Id>) -> PhpResult<bool> {
        self.remove(&domain.0, domainId)
    }

    pub fn redeploy_ssl(
        &self,
        domain: Option<Text>,
        certificateId: Option<Id>,
        domainId: Option<Id>,
    ) -> PhpResult<SslDeployment> {
        self.redeploy(domain, certificateId, domainId)
    }

    pub fn domains(&self) -> PhpResult<Vec<Domain>> {
        Ok(self.call(operations::domains)?.into_iter().map(Into::into).collect())
    }

    pub fn domains_page(&self, page: Id) -> PhpResult<DomainPage> {
        self.call(|s, app| operations::domains_page(s, app, page.0)).map(Into::into)
    }

    pub fn domain(&self, id: Id) -> PhpResult<Option<Domain>> {
        Ok(self.call(|s, app| operations::domain(s, app, id.0))?.map(Into::into))
    }

    pub fn update_domain(
        &self,
        id: Id,
        www: Option<Flag>,
        redirection: Option<Case<Redirection>>,
    ) -> PhpResult<Domain> {
        let (www, redirection) = (www.map(|www| www.0), redirection.map(|case| case.0));
        domain::CLASS.check()?;
        self.call(|s, app| operations::update_domain(s, app, id.0, www, redirection)).map(Into::into)
    }

    pub fn find_domain(&self, domain: Text) -> PhpResult<Option<Domain>> {
        Ok(self.call(|s, app| operations::find_domain(s, app, &domain.0))?.map(Into::into))
    }

    pub fn dns_records(&self, domain: Text, domainId: Option<Id>) -> PhpResult<Vec<DnsRecord>> {
        let id = domainId.map(|id| id.0);
        let records = self.call(|s, app| operations::dns_records(s, app, &domain.0, id))?;
        Ok(records.into_iter().map(Into::into).collect())
    }

    pub fn ssl_mode(&self) -> PhpResult<EnumCase<SslMode>> {
        self.call(operations::ssl_mode).map(EnumCase)
    }

    pub fn certificate(&self, domainId: Option<Id>) -> PhpResult<Option<Certificate>> {
        let id = domainId.map(|id| id.0);
        Ok(self.call(|s, app| operations::certificate(s, app, id))?.map(Into::into))
    }

    pub fn server(&self) -> PhpResult<Server> {
        self.call(operations::server).map(Into::into)
    }

    pub fn web_app(&self) -> PhpResult<WebApp> {
        let web_app = self.call(operations::web_app)?;
        Ok(LocatedWebApp { server_id: self.app.server_id, web_app }.into())
    }

    pub fn ping(&self) -> PhpResult<()> {
        self.call(|s, _| operations::ping(s))
    }

    pub fn request_count(&self) -> i64 {
        self.requests.get()
    }

    pub fn rate_limit_remaining(&self) -> Option<i64> {
        self.rate_limit_remaining.get().map(int)
    }
}

fn own_id(name: &str, Int(id): Int) -> std::result::Result<u64, Error> {
    u64::try_from(id)
        .ok()
        .filter(|id| *id > 0)
        .ok_or_else(|| Error::new(Reason::ArgumentInvalid).with("argument", name).with("value", id))
}

fn given(
    token: Option<&Text>,
    key: Option<&Text>,
    secret: Option<&Text>,
) -> std::result::Result<Credentials, Error> {
    let [token, key, secret] = [token, key, secret].map(|text| text.map(|t| t.0.as_str()));
    Credentials::choose(token, key, secret, NAMES)
}

/// A client as an argument.
#[derive(Clone, Copy)]
pub struct GivenClient<'a>(&'a Client);

impl Deref for GivenClient<'_> {
    type Target = Client;

    fn deref(&self) -> &Client {
        self.0
    }
}

impl<'a> FromZval<'a> for GivenClient<'a> {
    const TYPE: DataType = DataType::object(Client::CLASS_NAME);

    fn from_zval(zval: &'a Zval) -> Option<Self> {
        if zval.object().is_some_and(|object| ptr::eq(object.ce, Client::get_metadata().ce())) {
            <&Client>::from_zval(zval).map(Self)
        } else {
            arguments::refuse_class(zval, Client::CLASS_NAME)
        }
    }
}
