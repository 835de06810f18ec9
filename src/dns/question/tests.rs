//! What answers mean.

use hickory_proto::{
    op::{Message, OpCode, ResponseCode},
    rr::{
        Name, RData, Record, RecordType,
        rdata::{A, CNAME, NS},
    },
};

use super::{Question, Reply, Trouble};

fn name(text: &str) -> Name {
    Name::from_ascii(text).unwrap()
}

fn record(owner: &str, data: RData) -> Record {
    Record::from_rdata(name(owner), 60, data)
}

fn said(answers: Vec<Record>, authorities: Vec<Record>, zone: Option<&str>) -> Result<Reply, Trouble> {
    let mut message = Message::response(1, OpCode::Query);
    message.answers = answers;
    message.authorities = authorities;
    let question = Question { name: name("a.example.com."), kind: RecordType::A };
    question.meaning(&message, zone.map(name).as_ref())
}

#[test]
fn a_zones_server_has_nothing_to_say_about_other_zones() {
    let alias = || record("a.example.com.", RData::CNAME(CNAME(name("b.example.net."))));
    let address = || record("b.example.net.", RData::A(A::new(192, 0, 2, 1)));
    let by_zone = said(vec![alias(), address()], Vec::new(), Some("example.com."));
    assert_eq!(by_zone, Ok(Reply::Alias { aliases: vec![name("b.example.net.")], secure: false }));
    let by_resolver = said(vec![alias(), address()], Vec::new(), None);
    assert!(matches!(by_resolver, Ok(Reply::Found { .. })), "{by_resolver:?}");
}

#[test]
fn records_of_another_name_are_no_answer() {
    let address = record("b.example.com.", RData::A(A::new(192, 0, 2, 1)));
    assert_eq!(said(vec![address], Vec::new(), Some("example.com.")), Err(Trouble::Failed("lame")));
}

#[test]
fn a_referral_leads_down_only_and_towards_the_name() {
    let to = |zone: &str| vec![record(zone, RData::NS(NS(name("ns1.example.org."))))];
    let below = said(Vec::new(), to("a.example.com."), Some("example.com."));
    assert!(matches!(below, Ok(Reply::Referral { .. })), "{below:?}");
    for elsewhere in [".", "com.", "example.com.", "b.example.com.", "example.net."] {
        let answer = said(Vec::new(), to(elsewhere), Some("example.com."));
        assert_eq!(answer, Err(Trouble::Failed("lame")), "{elsewhere}");
    }
}

#[test]
fn what_is_said_under_an_error_code_does_not_count() {
    let question = Question { name: name("a.example.com."), kind: RecordType::A };
    for (code, trouble) in [
        (ResponseCode::Refused, Trouble::Refused),
        (ResponseCode::ServFail, Trouble::Failed("server-failure")),
        (ResponseCode::FormErr, Trouble::Failed("error-code")),
        (ResponseCode::NotAuth, Trouble::Failed("error-code")),
    ] {
        let mut message = Message::error_msg(1, OpCode::Query, code);
        message.answers = vec![record("a.example.com.", RData::A(A::new(192, 0, 2, 1)))];
        assert_eq!(question.meaning(&message, None), Err(trouble));
    }
}
