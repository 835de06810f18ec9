//! Which request means what.

mod certificates;
mod domain_ssl;
mod domains;
mod servers;
mod ssl;
mod webapps;

use crate::api::answer::{Answer, Reply};
use crate::api::request::Request;
use crate::api::shape::Shape;
use crate::content::state::State;
use crate::content::switches::Switches;

/// One call of a route: the panel's content and what was asked.
pub(crate) struct Call<'a> {
    pub(crate) state: &'a mut State,
    pub(crate) switches: Switches,
    pub(crate) request: &'a Request,
    pub(crate) ids: Ids,
}

/// The ids in the path; 0 where the route has none.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Ids {
    pub(crate) server: u64,
    pub(crate) webapp: u64,
    pub(crate) domain: u64,
    pub(crate) ssl: u64,
}

type Handler = fn(&mut Call<'_>) -> Reply;

const WEB_APP: &str = "/servers/{server}/webapps/{webapp}";

/// A method, a path and what answers it. A path that starts with `~` lies below a web application.
type Route = (&'static str, &'static str, Handler);

/// Every route, by resource.
const ROUTES: &[&[Route]] =
    &[servers::ROUTES, webapps::ROUTES, domains::ROUTES, ssl::ROUTES, domain_ssl::ROUTES];

impl Call<'_> {
    pub(crate) fn shape(&self) -> Shape {
        Shape { switches: self.switches }
    }
}

/// Answers a request that may call and has budget left. `path` is the path below the API's generation.
pub(crate) fn answer(state: &mut State, switches: Switches, request: &Request, path: &str) -> Answer {
    let mut allowed = Vec::new();
    for (method, pattern, handler) in ROUTES.iter().copied().flatten() {
        let Some(ids) = matched(pattern, path) else { continue };
        if *method == request.method {
            let mut call = Call { state, switches, request, ids };
            return handler(&mut call).unwrap_or_else(|refusal| refusal);
        }
        allowed.push(*method);
    }
    if allowed.is_empty() { unknown(request) } else { wrong_method(request, &allowed.join(", ")) }
}

/// A path that the simulator does not know. Its body names the request, so that a typing error is seen at once.
pub(crate) fn unknown(request: &Request) -> Answer {
    let text = format!("No route in this panel: {} {}.", request.method, request.path);
    Answer::message(404, &text)
}

fn wrong_method(request: &Request, allowed: &str) -> Answer {
    let text = format!(
        "The {} method is not supported for route {}. Supported methods: {allowed}.",
        request.method, request.path
    );
    Answer::message(405, &text).with_header("allow", allowed.to_owned())
}

/// Compares a path with a pattern label by label; ids are decimal numbers.
fn matched(pattern: &str, path: &str) -> Option<Ids> {
    let pattern = match pattern.strip_prefix('~') {
        Some(rest) => format!("{WEB_APP}{rest}"),
        None => pattern.to_owned(),
    };
    let mut ids = Ids::default();
    let mut labels = path.split('/');
    for expected in pattern.split('/') {
        let label = labels.next()?;
        let place = match expected {
            "{server}" => &mut ids.server,
            "{webapp}" => &mut ids.webapp,
            "{domain}" => &mut ids.domain,
            "{ssl}" => &mut ids.ssl,
            fixed if fixed == label => continue,
            _ => return None,
        };
        *place = label.parse().ok()?;
    }
    labels.next().is_none().then_some(ids)
}
