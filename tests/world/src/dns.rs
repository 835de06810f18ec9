//! Name servers. One at [`RESOLVER`] answers for everybody, the others for the zones that name their addresses.

use std::{net::IpAddr, sync::Arc, time::Duration};

use hickory_proto::{
    op::{Message, ResponseCode},
    rr::{Name, RData, Record, rdata::A},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, UdpSocket},
    time::sleep,
};

use crate::{
    Fault, NEIGHBOUR, RESOLVER, Shared, own_address,
    truth::{as_resolver, as_zone, bare, with_code},
};

/// What is done with an answer.
enum Doing {
    Send(Vec<Vec<u8>>),
    Nothing,
}

pub(crate) async fn serve(shared: Arc<Shared>, udp: UdpSocket, tcp: TcpListener) {
    let here = own_address(udp.local_addr());
    let for_tcp = Arc::clone(&shared);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = tcp.accept().await {
            let shared = Arc::clone(&for_tcp);
            tokio::spawn(async move {
                let length = stream.read_u16().await?;
                let mut request = vec![0; length.into()];
                stream.read_exact(&mut request).await?;
                match answer(&shared, here, &request, true) {
                    Doing::Send(answers) => {
                        for answer in answers {
                            stream.write_u16(u16::try_from(answer.len()).unwrap_or(u16::MAX)).await?;
                            stream.write_all(&answer).await?;
                        }
                    }
                    Doing::Nothing => std::future::pending().await,
                }
                std::io::Result::Ok(())
            });
        }
    });
    let udp = Arc::new(udp);
    let mut buffer = [0; 1500];
    while let Ok((length, from)) = udp.recv_from(&mut buffer).await {
        let Doing::Send(answers) = answer(&shared, here, buffer.get(..length).unwrap_or_default(), false)
        else {
            continue;
        };
        let (udp, delay) = (Arc::clone(&udp), shared.plan().delay_ms);
        let send = async move {
            if delay > 0 {
                sleep(Duration::from_millis(delay)).await;
            }
            for answer in answers {
                let _ = udp.send_to(&answer, from).await;
            }
        };
        tokio::spawn(send);
    }
}

fn answer(shared: &Shared, here: IpAddr, request: &[u8], by_tcp: bool) -> Doing {
    let Ok(request) = Message::from_vec(request) else { return Doing::Nothing };
    let Some(query) = request.queries.first() else { return Doing::Nothing };
    let name = bare(query.name());
    let key = format!("{name} {}", query.query_type());
    if shared.plan().everything.is_none() {
        shared.note(format!("dns {here} {key}"));
    }
    if shared.plan().dead.iter().any(|dead| IpAddr::V4(*dead) == here) {
        return Doing::Nothing;
    }
    let role = if here == IpAddr::V4(RESOLVER) { "resolver" } else { "zone" };
    let plan = shared.plan();
    let faults = &plan.faults;
    let fault = faults.get(&format!("{role} {key}")).or_else(|| faults.get(&key)).copied();
    let truth = || {
        if role == "resolver" { as_resolver(shared, &request) } else { as_zone(shared, here, &request) }
    };
    let bytes = |message: &Message| message.to_vec().unwrap_or_default();
    let code = |code| Doing::Send(vec![bytes(&with_code(&request, code))]);
    let send = |message: &Message| {
        let whole = bytes(message);
        let is_too_long = !by_tcp && whole.len() > usize::from(request.max_payload());
        Doing::Send(vec![if is_too_long { bytes(&message.truncate()) } else { whole }])
    };
    let half = |message: &Message| {
        let bytes = bytes(message);
        Doing::Send(vec![bytes.get(..bytes.len() - 5).unwrap_or_default().to_vec()])
    };
    match fault {
        Some(Fault::Refused) => code(ResponseCode::Refused),
        Some(Fault::ServerFailure) => code(ResponseCode::ServFail),
        Some(Fault::Bogus) if role == "resolver" && !request.metadata.checking_disabled => {
            code(ResponseCode::ServFail)
        }
        Some(Fault::NotImplemented) => code(ResponseCode::NotImp),
        Some(Fault::NoEdns) if request.edns.is_some() => code(ResponseCode::FormErr),
        Some(Fault::Lame) => code(ResponseCode::NoError),
        Some(Fault::Truncated | Fault::TruncatedSilence | Fault::TruncatedMalformed) if !by_tcp => {
            send(&truth().truncate())
        }
        Some(Fault::Silence | Fault::TruncatedSilence) => Doing::Nothing,
        Some(Fault::Malformed | Fault::TruncatedMalformed) => half(&truth()),
        Some(Fault::WrongId) => send(&with_other_id(truth())),
        Some(Fault::WrongQuestion) => {
            let mut message = truth();
            if let Some(query) = message.queries.first_mut() {
                query.set_name(Name::from_ascii("other.example.").unwrap_or_default());
            }
            send(&message)
        }
        Some(Fault::Spoofed) => {
            let mut spoofed = with_other_id(truth());
            spoofed.answers = vec![Record::from_rdata(query.name().clone(), 60, RData::A(A(NEIGHBOUR)))];
            Doing::Send(vec![bytes(&spoofed), vec![0; 3], bytes(&truth())])
        }
        None | Some(Fault::Bogus | Fault::Truncated | Fault::NoEdns) => send(&truth()),
    }
}

fn with_other_id(mut message: Message) -> Message {
    message.metadata.id = message.metadata.id.wrapping_add(1);
    message
}
