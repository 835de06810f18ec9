//! One exchange, from the request to what leaves the simulator.

use crate::api::request::Request;
use crate::faults::spoil::{Delivery, deliver};
use crate::panel::Panel;
use std::time::Duration;

/// Runs to the end even if the client has left, as a real panel would.
pub(crate) async fn exchange(panel: &Panel, request: Request) -> Delivery {
    let plan = panel.arrive(&request);

    wait(plan.latency).await;
    let answer = if plan.processed { panel.process(&plan, &request) } else { None };
    let was_reset = plan.processed && answer.is_none();
    wait(plan.kind.as_ref().map_or(Duration::ZERO, crate::faults::kinds::FaultKind::pause)).await;

    let mut delivery = if was_reset { Delivery::Dropped } else { deliver(plan.kind.as_ref(), answer) };
    let (limit, remaining) = panel.finish(&plan, delivery.status());
    if let Delivery::Sent(parcel) = &mut delivery {
        parcel.headers.push(("x-ratelimit-limit", limit.to_string()));
        parcel.headers.push(("x-ratelimit-remaining", remaining.to_string()));
        if plan.close {
            parcel.headers.push(("connection", "close".to_owned()));
        }
    }
    delivery
}

/// A timer is coarse: even a wait of no time would take a millisecond.
async fn wait(time: Duration) {
    if !time.is_zero() {
        tokio::time::sleep(time).await;
    }
}
