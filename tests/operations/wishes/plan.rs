//! What is wished, by whom, and what goes wrong meanwhile: made up at random, and shrunk when it fails.

use std::fmt;

use proptest::{collection::vec, option, prelude::*};
use serde_json::{Value, json};

/// Hosts that wishes are about.
pub const HOSTS: usize = 4;
/// Workers that carry them out at the same time.
pub const WORKERS: usize = 3;

/// One sequence.
#[derive(Clone, Debug)]
pub struct Plan {
    pub max_retries: u8,
    /// How many of the workers work; the others' wishes go to them.
    pub crew: usize,
    /// One after the other; the workers wait for each other in between.
    pub rounds: Vec<Vec<Wish>>,
    pub mishaps: Vec<Mishap>,
}

/// In a round each host has one wish at most; several workers may carry it out at the same time, and others the contrary.
#[derive(Clone)]
pub struct Wish {
    pub host: usize,
    pub wanted: bool,
    /// Remove it with the id that is known from adding it.
    pub with_id: bool,
    pub workers: Vec<usize>,
    /// Those who wish the contrary. With any of them the round does not decide about the host.
    pub against: Vec<usize>,
}

impl Wish {
    /// Whether the host is to be there, for each time that `worker` of a crew is to see to it.
    pub fn of(&self, worker: usize, crew: usize) -> impl Iterator<Item = bool> {
        let does = |workers: &[usize]| workers.iter().any(|w| w % crew == worker);
        let (for_it, against) = (does(&self.workers), does(&self.against));
        for_it.then_some(self.wanted).into_iter().chain(against.then_some(!self.wanted))
    }
}

/// A fault that one request meets.
#[derive(Clone)]
pub struct Mishap {
    kind: Kind,
    /// Which requests are meant; none: any.
    method: Option<&'static str>,
    /// How many of them go free before.
    after: u64,
}

impl Mishap {
    /// As the simulator takes it.
    pub fn order(&self) -> Value {
        let mut order = self.kind.order();
        order["match"] = self.method.map_or_else(|| json!({}), |method| json!({ "method": method }));
        if matches!(self.kind, Kind::Stale) {
            order["match"]["reused"] = true.into();
        }
        order["skip"] = self.after.into();
        order["times"] = 1.into();
        order
    }

    /// Whether it passes by itself, so that nobody has to do anything but try again.
    pub fn passes(&self) -> bool {
        !matches!(self.kind, Kind::Status(400..=405 | 409 | 422) | Kind::Redirect | Kind::WrongTypes)
    }
}

impl fmt::Debug for Wish {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, id) = (if self.wanted { '+' } else { '-' }, if self.with_id { " with id" } else { "" });
        write!(f, "{sign} wish{}{id} by {:?}", self.host, self.workers)?;
        if self.against.is_empty() { Ok(()) } else { write!(f, ", the contrary by {:?}", self.against) }
    }
}

impl fmt::Debug for Mishap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} after {} {}", self.kind, self.after, self.method.unwrap_or("requests"))
    }
}

/// What a request may meet. Not among them: a panel that says that something is not there although it is, but to a `POST`
/// (the matrix has the rest: two such answers pass for the truth), and a request that is carried out after its caller has
/// given up, since no client can know that.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    Status(u16),
    /// The panel carries the request out and says 500.
    DoneYet500,
    Redirect,
    TooManyFor0Seconds,
    TooManyUntilADate,
    TooMany,
    DroppedBefore,
    DroppedAfter,
    /// Closed when it is used again.
    Stale,
    Truncated,
    /// The others overtake it; it arrives well before its caller gives up.
    Overtaken,
    Slow,
    Trickle,
    Huge,
    HtmlIn200,
    Empty,
    DeepJson,
    InvalidUtf8,
    WrongContentType,
    WrongTypes,
}

impl Kind {
    fn order(self) -> Value {
        match self {
            Self::Status(status) => json!({"kind": "status", "status": status}),
            Self::DoneYet500 => json!({"kind": "processed_status", "status": 500}),
            Self::Redirect => json!({"kind": "redirect", "status": 307}),
            Self::TooManyFor0Seconds => json!({"kind": "status", "status": 429, "retry_after": 0}),
            Self::TooManyUntilADate => json!({"kind": "status", "status": 429, "retry_after": "date:+1"}),
            Self::TooMany => json!({"kind": "status", "status": 429}),
            Self::DroppedBefore | Self::Stale => json!({"kind": "drop_before"}),
            Self::DroppedAfter => json!({"kind": "drop_after"}),
            Self::Truncated => json!({"kind": "truncated"}),
            Self::Overtaken => json!({"kind": "latency", "ms": 50}),
            Self::Slow => json!({"kind": "slow", "ms": 1300}),
            Self::Trickle => json!({"kind": "trickle", "ms": 500}),
            Self::Huge => json!({"kind": "huge", "bytes": 5_000_000}),
            Self::HtmlIn200 => json!({"kind": "html", "status": 200}),
            Self::Empty => json!({"kind": "empty"}),
            Self::DeepJson => json!({"kind": "deep_json", "depth": 1000}),
            Self::InvalidUtf8 => json!({"kind": "invalid_utf8"}),
            Self::WrongContentType => json!({"kind": "wrong_type"}),
            Self::WrongTypes => json!({"kind": "wrong_types"}),
        }
    }
}

pub fn plans() -> impl Strategy<Value = Plan> {
    let max_retries = prop_oneof![3 => Just(0u8), 1 => Just(1u8)];
    (max_retries, 1..=WORKERS, vec(round(), 1..5), vec(mishap(), 0..12))
        .prop_map(|(max_retries, crew, rounds, mishaps)| Plan { max_retries, crew, rounds, mishaps })
}

fn round() -> impl Strategy<Value = Vec<Wish>> {
    let workers = || proptest::sample::subsequence((0..WORKERS).collect::<Vec<_>>(), 1..=WORKERS);
    let against = prop_oneof![2 => Just(Vec::new()), 1 => workers()];
    vec(option::of((any::<bool>(), any::<bool>(), workers(), against)), HOSTS).prop_map(|wishes| {
        let wish = |(host, wish): (usize, Option<_>)| {
            wish.map(|(wanted, with_id, workers, against)| Wish { host, wanted, with_id, workers, against })
        };
        wishes.into_iter().enumerate().filter_map(wish).collect()
    })
}

fn mishap() -> impl Strategy<Value = Mishap> {
    let place = prop_oneof![
        3 => (Just(None), 0..24u64),
        2 => (Just(Some("POST")), 0..6u64),
        1 => (Just(Some("DELETE")), 0..4u64),
    ];
    (kind(), place).prop_map(|(kind, (method, after))| match kind {
        Kind::Status(404) => Mishap { kind, method: Some("POST"), after },
        _ => Mishap { kind, method, after },
    })
}

fn kind() -> impl Strategy<Value = Kind> {
    prop_oneof![
        8 => proptest::sample::select(vec![500, 502, 503, 504, 408]).prop_map(Kind::Status),
        4 => Just(Kind::DoneYet500),
        2 => Just(Kind::TooManyFor0Seconds),
        1 => Just(Kind::TooManyUntilADate),
        2 => Just(Kind::TooMany),
        6 => Just(Kind::DroppedBefore),
        8 => Just(Kind::DroppedAfter),
        2 => Just(Kind::Stale),
        4 => Just(Kind::Truncated),
        4 => Just(Kind::Overtaken),
        1 => Just(Kind::Slow),
        1 => Just(Kind::Trickle),
        1 => Just(Kind::Huge),
        2 => Just(Kind::HtmlIn200),
        2 => Just(Kind::Empty),
        1 => Just(Kind::DeepJson),
        1 => Just(Kind::InvalidUtf8),
        1 => Just(Kind::WrongContentType),
        1 => Just(Kind::WrongTypes),
        2 => proptest::sample::select(vec![400, 401, 403, 404, 405, 409, 422]).prop_map(Kind::Status),
        1 => Just(Kind::Redirect),
    ]
}
