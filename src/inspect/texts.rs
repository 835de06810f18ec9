//! The texts of many names, as somebody proves by them that a host is theirs.

use std::{io, rc::Rc};

use hickory_proto::rr::{Name, RecordType};
use tokio::time::{Instant, timeout_at};

use super::{
    Answer, Outcome,
    address::Gate,
    crowd::{self, Look},
    dns::{Asker, Budget, readable},
    look::{LONGEST_HOST, is_host},
    options::Options,
    sockets::Sockets,
    unseen,
};

/// Reads the texts of all names, and answers for each in the order given: in time, whatever their name servers do. The texts are
/// UTF-8, and as many and as long as those of [`inspect`](super::inspect) at most.
///
/// # Errors
/// When this process has no file descriptor left for the first one that is needed.
pub fn lookup_txt(names: &[String], options: &Options) -> io::Result<Vec<Rc<Answer>>> {
    crowd::look_at::<Texts>(names, options)
}

/// What all questions of one call share.
struct Texts {
    asker: Asker,
    deadline: Instant,
}

impl Look for Texts {
    type Seen = Answer;

    fn begin(options: &Options, sockets: &Rc<Sockets>, deadline: Instant) -> Option<Self> {
        let gate = Rc::new(Gate::new(options.world.allowed.iter().copied()));
        Some(Self { asker: Asker::new(options, Rc::clone(sockets), gate), deadline })
    }

    async fn look(&self, given: &str) -> Answer {
        let Some(name) = read_name(given) else { return not_a_host() };
        let budget = Budget::default();
        let answer = timeout_at(self.deadline, self.asker.records(&name, RecordType::TXT, &budget)).await;
        let mut answer = answer.unwrap_or_else(|_| unseen::answer(given));
        for text in &mut answer.records {
            *text = readable(text).into_bytes();
        }
        answer
    }

    fn too_late(&self, given: &str) -> Answer {
        read_name(given).map_or_else(not_a_host, |_| unseen::answer(given))
    }

    fn internal(given: &str) -> Answer {
        Answer { detail: Some(unseen::INTERNAL), ..unseen::answer(given) }
    }
}

fn not_a_host() -> Answer {
    Answer { outcome: Outcome::None, detail: Some(unseen::NOT_A_HOST), ..unseen::answer("") }
}

/// The name in the form that is needed; `None` for what is no host's name in ASCII form and lower case, nor labels in front
/// of one of which the last begins with an underscore.
fn read_name(given: &str) -> Option<Name> {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_')
    };
    let (before, host) = before_host(given);
    let is_name = given.len() <= LONGEST_HOST
        && is_host(host)
        && before.strip_suffix('.').is_none_or(|before| before.split('.').all(is_label));
    Name::from_ascii(format!("{given}.")).ok().filter(|_| is_name)
}

/// The labels up to the last one that begins with an underscore, with the full stop behind them, and the host after them.
#[must_use]
pub fn before_host(name: &str) -> (&str, &str) {
    let last = name.rfind("._").map(|dot| dot + 1).or(name.starts_with('_').then_some(0));
    let end = last.and_then(|start| Some(start + name.get(start..)?.find('.')? + 1));
    match last {
        None => ("", name),
        Some(_) => name.split_at_checked(end.unwrap_or(name.len())).unwrap_or(("", name)),
    }
}

#[cfg(test)]
mod tests {
    use super::{before_host, read_name};

    #[test]
    fn labels_with_an_underscore_may_stand_before_a_host() {
        for (name, parts) in [
            ("shop.example", ("", "shop.example")),
            ("_a.shop.example", ("_a.", "shop.example")),
            ("_a._b.shop.example", ("_a._b.", "shop.example")),
            ("key1._domainkey.shop.example", ("key1._domainkey.", "shop.example")),
            ("a_b.shop.example", ("", "a_b.shop.example")),
            ("_a", ("_a", "")),
            ("_", ("_", "")),
            ("", ("", "")),
            ("a._", ("a._", "")),
            ("\u{fc}._\u{fc}.\u{fc}", ("\u{fc}._\u{fc}.", "\u{fc}")),
        ] {
            assert_eq!(before_host(name), parts, "{name}");
        }
    }

    #[test]
    fn only_names_are_asked_for() {
        let long = |labels: usize| format!("_a.{}example", "abcdefghi.".repeat(labels));
        for name in
            ["shop.example", "_a.shop.example", "_a-b_c._9.x--y.shop.example", "_.shop.example", &long(24)]
        {
            let read = read_name(name).map(|read| read.to_ascii());
            assert_eq!(read.as_deref(), Some(format!("{name}.").as_str()));
        }
        for name in [
            "",
            ".",
            "_a",
            "_a.",
            "_a.example",
            "_a.shop.example.",
            "_A.shop.example",
            "_a.Shop.example",
            "_a..shop.example",
            "._a.shop.example",
            "_a b.shop.example",
            "_a\\.shop.example",
            "_\u{fc}.shop.example",
            "*.shop.example",
            "_a.*.shop.example",
            "*._a.shop.example",
            "a_b.shop.example",
            "_a.-.example",
            "_a.192.0.2.1",
            &format!("_{}.shop.example", "a".repeat(63)),
            &long(25),
        ] {
            assert_eq!(read_name(name), None, "{name}");
        }
    }
}
