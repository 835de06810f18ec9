<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Pure;

use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Status;
use Domain_Sync_For_RunCloud\Sync\Facts;
use Domain_Sync_For_RunCloud\Sync\Planner;
use Domain_Sync_For_RunCloud\Sync\Step;
use PHPUnit\Framework\TestCase;

/**
 * What is to be done next, row by row.
 */
final class PlannerTest extends TestCase
{
    private const NOW = Rows::NOW;
    private const SETTLED = 0;

    /** @return array<string, array{Domain, Facts, string, ?Reason, 3?: int, 4?: string}> Row, facts, action, reason, due, hold. */
    public static function steps(): array
    {
        $confirmed = ['confirmed' => [Rows::HOST => self::NOW - 10]];
        $elsewhere = ['web_app' => 1999];
        $old = ['domain_reason' => Reason::Web_App_Changed];
        $shared = ['ssl_mode' => 'basic', 'shared_certificate' => 9, 'shared_set' => 'all', 'shared_names' => 20];
        $prepared = ['domain_reason' => Reason::Move_Prepared, 'certificate_reason' => Reason::No_Certificate];
        $day = 86400;
        $own = Rows::facts()->order_set(Rows::reachable());
        $covers = ['certificate_status' => Status::Ready, 'certificate_reason' => Reason::Covers];
        $late = static fn (int $days): array => [
            'certificate_status' => Status::Action, 'certificate_reason' => Reason::Renewal_Late, 'ordered_at' => self::NOW - 700,
            'dns_since' => self::NOW - 90 * $day, 'certificate_until' => self::NOW + $days * $day,
        ];

        return [
            // Wanted, not there.
            'a new host' => [Rows::wanted(), Rows::facts(), Step::ADD, Reason::Waiting],
            'one that a wildcard covers' => [Rows::wanted(), Rows::facts(wildcards: ['example']), Step::NONE, Reason::Wildcard_Covers, self::SETTLED],
            'one that a filter says is covered' => [Rows::wanted(), Rows::facts(covered: [Rows::HOST => true]), Step::NONE, Reason::Wildcard_Covers, self::SETTLED],
            'one that a filter says is not' => [Rows::wanted(), Rows::facts(wildcards: ['example'], covered: [Rows::HOST => false]), Step::ADD, Reason::Waiting],
            'a wildcard stands for one label' => [Rows::wanted(host: 'a.shop.example'), Rows::facts(wildcards: ['example']), Step::ADD, Reason::Waiting],
            'a wildcard is no host of another' => [Rows::wanted(host: '*.shop.example'), Rows::facts(wildcards: ['shop.example']), Step::ADD, Reason::Waiting],
            'its wildcard is gone' => [Rows::wanted(domain_reason: Reason::Wildcard_Covers), Rows::facts(), Step::ADD, Reason::Wildcard_Gone],
            'one that its domain serves with "www."' => [Rows::wanted(host: 'www.shop.example'), Rows::facts(with_domain: ['www.shop.example']), Step::NONE, Reason::Www_Covers, self::SETTLED],
            'whether one covers it is still being read' => [Rows::wanted(), Rows::facts(unlisted: [Rows::HOST]), Step::NONE, Reason::Waiting, self::NOW + 30],
            'that is still being read for another' => [Rows::wanted(), Rows::facts(unlisted: ['other.example']), Step::ADD, Reason::Waiting],
            'what is there waits for no list' => [Rows::present(www: true), Rows::facts(unlisted: [Rows::HOST]), Step::UPDATE, Reason::Differs],
            'its site is switched off' => [Rows::wanted(suspended: true), Rows::facts(), Step::NONE, Reason::Suspended, self::SETTLED],
            'deleted at RunCloud' => [Rows::wanted(remote_state: Domain::ABSENT, domain_reason: Reason::Deleted), Rows::facts(vanished: 10), Step::ADD, Reason::Deleted],
            'many deleted at once' => [Rows::wanted(remote_state: Domain::ABSENT, domain_reason: Reason::Deleted), Rows::facts(vanished: 11), Step::NONE, Reason::Mass_Removal, self::SETTLED, 'mass-removal'],
            'many deleted at once, approved' => [Rows::wanted(remote_state: Domain::ABSENT, domain_reason: Reason::Mass_Removal, approved: 1), Rows::facts(vanished: 11), Step::ADD, Reason::Waiting],
            'its id is known, and it was not seen' => [Rows::wanted(remote_id: 5001, web_app: Rows::WEB_APP, domain_reason: Reason::Served), Rows::facts(), Step::LOOK_UP, Reason::Served],
            'an answer was lost' => [Rows::wanted(asked: 'add', web_app: Rows::WEB_APP), Rows::facts(), Step::LOOK_UP, Reason::Outcome_Unknown],
            // Decisions.
            'mapped before the plugin came' => [Rows::wanted(hold: 'existing'), Rows::facts(), Step::NONE, Reason::Existing, self::SETTLED, 'existing'],
            'approved since' => [Rows::wanted(domain_reason: Reason::Existing, approved: 1), Rows::facts(), Step::ADD, Reason::Waiting],
            'declined' => [Rows::wanted(hold: 'declined'), Rows::facts(), Step::NONE, Reason::Declined, self::SETTLED, 'declined'],
            'another web application has the name' => [Rows::wanted(hold: 'other-app'), Rows::facts(), Step::NONE, Reason::Other_App, self::SETTLED, 'other-app'],
            'another customer had it' => [Rows::wanted(last_customer_id: 8), Rows::facts(), Step::NONE, Reason::Ownership, self::SETTLED, 'ownership'],
            'the same customer had it' => [Rows::wanted(last_customer_id: 7), Rows::facts(), Step::ADD, Reason::Waiting],
            'another customer had it, and this one proved it' => [Rows::wanted(last_customer_id: 8, proven_customer_id: 7), Rows::facts(), Step::ADD, Reason::Waiting],
            'another customer had it, and the policy is off' => [Rows::wanted(last_customer_id: 8), Rows::facts(ownership: 'off'), Step::ADD, Reason::Waiting],
            'everybody must prove' => [Rows::wanted(), Rows::facts(ownership: 'always'), Step::NONE, Reason::Ownership, self::SETTLED, 'ownership'],
            'the network itself need not' => [Rows::wanted(customer_id: 0), Rows::facts(ownership: 'always'), Step::ADD, Reason::Waiting],
            'another customer had it, and it is there still' => [Rows::present(last_customer_id: 8), Rows::facts(), Step::NONE, Reason::Ownership, self::SETTLED, 'ownership'],
            'the web application changed' => [Rows::present(...$elsewhere), Rows::facts(), Step::NONE, Reason::Web_App_Changed, self::SETTLED, 'existing'],
            'the web application changed, on hold' => [Rows::present(...$elsewhere, ...$old, hold: 'existing'), Rows::facts(), Step::NONE, Reason::Web_App_Changed, self::SETTLED, 'existing'],
            'the web application changed, approved' => [Rows::present(...$elsewhere, ...$old, approved: 1), Rows::facts(), Step::ADD, Reason::Web_App_Changed],
            'the web application changed, approved, and a wildcard covers it' => [Rows::present(...$elsewhere, ...$old, approved: 1), Rows::facts(wildcards: ['example']), Step::NONE, Reason::Wildcard_Covers, self::SETTLED],
            'the list cannot be read' => [Rows::wanted(), Rows::facts(unlisted: [Rows::HOST], list_failures: [Rows::HOST => true]), Step::LIST, Reason::Waiting],
            'the web application changed, approved, and the list is being read' => [Rows::present(...$elsewhere, ...$old, approved: 1), Rows::facts(unlisted: [Rows::HOST]), Step::NONE, Reason::Waiting, self::NOW + 30],
            'there, made by others, approved' => [Rows::present(owner: 'others', approved: 1, domain_reason: Reason::Existing), Rows::facts(), Step::ADOPT, Reason::Adopted],
            'there, made by others' => [Rows::present(owner: 'others', remote_www: true), Rows::facts(), Step::NONE, null, self::SETTLED],
            // Drift.
            'ours, with another www' => [Rows::present(remote_www: true), Rows::facts(), Step::UPDATE, Reason::Differs],
            'ours, with another redirection' => [Rows::present(www: true, remote_www: true, redirection: 'non-www', remote_redirection: 'www'), Rows::facts(), Step::UPDATE, Reason::Differs],
            'ours, redirection not known' => [Rows::present(redirection: 'non-www'), Rows::facts(), Step::NONE, null, self::SETTLED],
            'adopted, with another www' => [Rows::present(owner: 'adopted', www: true), Rows::facts(), Step::UPDATE, Reason::Differs],
            'the primary is never changed' => [Rows::present(remote_type: 'primary', www: true), Rows::facts(), Step::NONE, null, self::SETTLED],
            // Certificates.
            'DNS is not right yet' => [Rows::present(), Rows::facts(), Step::NONE, null, self::SETTLED],
            'no certificate' => [Rows::reachable(), Rows::facts(), Step::ORDER, Reason::Order_Under_Way],
            'a move is prepared' => [Rows::present(...$prepared), Rows::facts(), Step::ORDER, Reason::Order_Under_Way],
            'a move is prepared, and the certificate is there' => [Rows::present(...$prepared, certificate_status: Status::Ready), Rows::facts(), Step::NONE, null, self::SETTLED],
            'RunCloud looks after it' => [Rows::reachable(), Rows::facts(ssl_mode: 'automatic'), Step::NONE, Reason::Automatic, self::SETTLED],
            'the mode is not known: the order asks for it' => [Rows::reachable(), Rows::facts(ssl_mode: ''), Step::ORDER, Reason::Order_Under_Way],
            'there was no first certificate yesterday' => [Rows::reachable(certificate_status: Status::Action, certificate_reason: Reason::First_Certificate), Rows::facts(), Step::ORDER, Reason::Order_Under_Way],
            'it is there' => [Rows::reachable(certificate_status: Status::Ready), Rows::facts(), Step::NONE, null, self::SETTLED],
            'nobody could look' => [Rows::reachable(certificate_status: Status::Unknown), Rows::facts(), Step::NONE, null, self::SETTLED],
            'CAA forbids it' => [Rows::reachable(certificate_status: Status::Action, certificate_reason: Reason::Caa_Forbids), Rows::facts(), Step::NONE, null, self::SETTLED],
            'RunCloud has looked after it for an hour' => [Rows::reachable(dns_since: self::NOW - 3600), Rows::facts(ssl_mode: 'automatic'), Step::NONE, Reason::Automatic, self::SETTLED],
            'RunCloud has looked after it for a day in vain' => [Rows::reachable(dns_since: self::NOW - $day, desired_since: self::NOW - $day), Rows::facts(ssl_mode: 'automatic'), Step::NONE, Reason::Order_Failed, self::NOW + $day],
            'RunCloud looks after it, and it is served' => [Rows::reachable(...$covers), Rows::facts(ssl_mode: 'automatic'), Step::NONE, null, self::SETTLED],
            'RunCloud looks after it, and its renewal is late' => [Rows::reachable(certificate_status: Status::Action, certificate_reason: Reason::Renewal_Late), Rows::facts(ssl_mode: 'automatic'), Step::NONE, null, self::SETTLED],
            // From the shared certificate to one of its own.
            'covered by the shared one, and RunCloud has one for each by now' => [Rows::reachable(...$covers, order_set: 'shared'), Rows::facts(), Step::ORDER, Reason::Order_Under_Way],
            'the same, and the limit for its registrable domain is reached' => [Rows::reachable(...$covers, order_set: 'shared'), Rows::facts(orders_of_scope: [Rows::HOST => array_fill(0, 50, self::NOW)]), Step::NONE, null, self::NOW + 12696],
            'covered by its own' => [Rows::reachable(...$covers, order_set: $own), Rows::facts(), Step::NONE, null, self::SETTLED],
            'covered by its own, by its id' => [Rows::reachable(...$covers, order_set: 'shared', certificate_id: 7), Rows::facts(), Step::NONE, null, self::SETTLED],
            'covered, and never ordered' => [Rows::reachable(...$covers), Rows::facts(), Step::NONE, null, self::SETTLED],
            'covered by the shared one, and that is how it is' => [Rows::reachable(...$covers, order_set: 'shared'), Rows::facts(...$shared), Step::NONE, null, self::SETTLED],
            // A renewal is late, and was ordered twice.
            'of ninety days' => [Rows::reachable(...$late(22)), self::ordered([self::NOW - 1400, self::NOW - 700]), Step::NONE, Reason::Renewal_Late, self::NOW - 700 + 7 * $day],
            'of forty-five days' => [Rows::reachable(...$late(9)), self::ordered([self::NOW - 1400, self::NOW - 700]), Step::NONE, Reason::Renewal_Late, self::NOW - 700 + 3 * $day],
            'of six days' => [Rows::reachable(...$late(1)), self::ordered([self::NOW - 1400, self::NOW - 700]), Step::NONE, Reason::Renewal_Late, self::NOW - 700 + intdiv($day, 3)],
            'of six days, nine hours later' => [Rows::reachable(...$late(1)), self::ordered([self::NOW - 33000, self::NOW - 32400]), Step::ORDER, Reason::Order_Under_Way],
            'in its last hours' => [Rows::reachable(...$late(0)), self::ordered([self::NOW - 1400, self::NOW - 700]), Step::NONE, Reason::Renewal_Late, self::NOW - 700 + 21600],
            'a renewal is late' => [Rows::reachable(certificate_status: Status::Action, certificate_reason: Reason::Renewal_Late), Rows::facts(), Step::ORDER, Reason::Order_Under_Way],
            'ordered a minute ago' => [Rows::reachable(ordered_at: self::NOW - 60, asked: 'order'), Rows::facts(), Step::NONE, Reason::Order_Under_Way, self::NOW + 540],
            'ordered, not there' => [Rows::reachable(ordered_at: self::NOW - 700, asked: 'order'), self::ordered([self::NOW - 700]), Step::READ, null],
            'ordered once, not there' => [Rows::reachable(ordered_at: self::NOW - 700), self::ordered([self::NOW - 700]), Step::ORDER, Reason::Order_Under_Way],
            'ordered twice, not there, not asked about' => [Rows::reachable(ordered_at: self::NOW - 700, asked: 'order'), self::ordered([self::NOW - 1400, self::NOW - 700]), Step::READ, null],
            'ordered twice, not there' => [Rows::reachable(ordered_at: self::NOW - 700), self::ordered([self::NOW - 1400, self::NOW - 700]), Step::NONE, Reason::Order_Failed, self::NOW - 700 + 7 * $day],
            'ordered twice before DNS was right' => [Rows::reachable(ordered_at: self::NOW - 4000), self::ordered([self::NOW - 5000, self::NOW - 4000]), Step::ORDER, Reason::Order_Under_Way],
            'ordered a minute ago, never answered' => [Rows::reachable(ordered_at: self::NOW - 60, asked: 'order', certificate_reason: Reason::Panel_Down), Rows::facts(), Step::NONE, null, self::NOW + 540],
            'ordered twice, never answered' => [Rows::reachable(ordered_at: self::NOW - 700, asked: 'order', certificate_reason: Reason::Panel_Down), self::ordered([self::NOW - 1400, self::NOW - 700]), Step::ORDER, Reason::Order_Under_Way],
            'somebody pressed "try again"' => [Rows::reachable(ordered_at: 0), self::ordered([self::NOW - 1400, self::NOW - 700]), Step::ORDER, Reason::Order_Under_Way],
            'the names had five in a row' => [Rows::reachable(), self::ordered(array_fill(0, 5, self::NOW - 3600)), Step::NONE, Reason::Budget_Spent, self::NOW - 3000 + 122400],
            // The one certificate of basic mode.
            'the first host' => [Rows::reachable(certificate_since: self::NOW), Rows::facts(...$shared), Step::ORDER, Reason::Order_Under_Way],
            'hosts gather after an order' => [Rows::reachable(), Rows::facts(...$shared, shared_ordered_at: self::NOW - 10), Step::NONE, Reason::Order_Waits, self::NOW + 50],
            'hosts gather for longer' => [Rows::reachable(), Rows::facts(...$shared, shared_ordered_at: self::NOW - 10, certificate_delay: 300), Step::NONE, Reason::Order_Waits, self::NOW + 290],
            'an order is under way, and hosts gather' => [Rows::reachable(ordered_at: self::NOW - 10, asked: 'order'), Rows::facts(...$shared, shared_ordered_at: self::NOW - 10), Step::NONE, Reason::Order_Under_Way, self::NOW + 590],
            'they have gathered' => [Rows::reachable(), Rows::facts(...$shared, shared_ordered_at: self::NOW - 60), Step::ORDER, Reason::Order_Under_Way],
            'another mode has nothing to gather for' => [Rows::reachable(), Rows::facts(shared_ordered_at: self::NOW - 10), Step::ORDER, Reason::Order_Under_Way],
            'its id is not known: the order asks for it' => [Rows::reachable(), Rows::facts(...['shared_certificate' => 0] + $shared), Step::ORDER, Reason::Order_Under_Way],
            'ordered, not there: RunCloud is asked once' => [Rows::reachable(ordered_at: self::NOW - 700), Rows::facts(...$shared, shared_ordered_at: self::NOW - 700), Step::READ, null],
            'it was asked about this order' => [Rows::reachable(ordered_at: self::NOW - 700), Rows::facts(...$shared, shared_ordered_at: self::NOW - 700, shared_read_at: self::NOW - 700), Step::ORDER, Reason::Order_Under_Way],
            'it was asked about the order before' => [Rows::reachable(ordered_at: self::NOW - 700), Rows::facts(...$shared, shared_ordered_at: self::NOW - 700, shared_read_at: self::NOW - 2000), Step::READ, null],
            'an order for others is under way' => [Rows::reachable(ordered_at: self::NOW - 700), Rows::facts(...$shared, shared_ordered_at: self::NOW - 100), Step::ORDER, Reason::Order_Under_Way],
            'it is full' => [Rows::reachable(), Rows::facts(...['shared_names' => 101] + $shared), Step::NONE, Reason::Names_Limit, self::SETTLED],
            'another host is not here, and this one has been for half an hour' => [Rows::reachable(dns_since: self::NOW - 1800), Rows::facts(...$shared, shared_blocker: 'x.example'), Step::NONE, Reason::Shared_Waits, self::NOW + 300],
            'another host is not here, and this one has been for nearly an hour' => [Rows::reachable(dns_since: self::NOW - 3500), Rows::facts(...$shared, shared_blocker: 'x.example'), Step::NONE, Reason::Shared_Waits, self::NOW + 100],
            'another host is not here, and this one has waited for an hour' => [Rows::reachable(dns_since: self::NOW - 3600), Rows::facts(...$shared, shared_blocker: 'x.example'), Step::ORDER, Reason::Order_Under_Way],
            'it has, and somebody else\'s order left half an hour ago' => [Rows::reachable(dns_since: self::NOW - 9000), Rows::facts(...$shared, shared_blocker: 'x.example', shared_ordered_at: self::NOW - 1800), Step::NONE, Reason::Shared_Waits, self::NOW + 300],
            'it has, and its own order of half an hour ago was never answered' => [Rows::reachable(dns_since: self::NOW - 9000, ordered_at: self::NOW - 1800, certificate_reason: Reason::Outcome_Unknown), Rows::facts(...$shared, shared_blocker: 'x.example'), Step::NONE, Reason::Shared_Waits, self::NOW + 300],
            'an order despite another host brought nothing' => [Rows::reachable(dns_since: self::NOW - 9000, ordered_at: self::NOW - 5000, asked: 'order'), Rows::facts(...$shared, shared_blocker: 'x.example', shared_ordered_at: self::NOW - 5000, shared_read_at: self::NOW), Step::NONE, Reason::Shared_Blocked, self::NOW + 300],
            'and somebody looked' => [Rows::reachable(dns_since: self::NOW - 9000, ordered_at: self::NOW - 5000, certificate_status: Status::Action, certificate_reason: Reason::Shared_Blocked), Rows::facts(...$shared, shared_blocker: 'x.example', shared_ordered_at: self::NOW - 5000, shared_read_at: self::NOW), Step::NONE, Reason::Shared_Blocked, self::NOW + 300],
            'that was a day ago' => [Rows::reachable(dns_since: self::NOW - $day - 9000, ordered_at: self::NOW - $day, asked: 'order'), Rows::facts(...$shared, shared_blocker: 'x.example', shared_ordered_at: self::NOW - $day, shared_read_at: self::NOW), Step::ORDER, Reason::Order_Under_Way],
            'two orders brought nothing, and then the last host became right' => [Rows::reachable(dns_since: self::NOW - 9000, ordered_at: self::NOW - 5000), Rows::facts(...$shared, shared_since: self::NOW - 10, orders_of_set: ['all' => [self::NOW - 6000, self::NOW - 5000]]), Step::ORDER, Reason::Order_Under_Way],
            'two orders brought nothing though all hosts are right' => [Rows::reachable(dns_since: self::NOW - 9000, ordered_at: self::NOW - 5000), Rows::facts(...$shared, shared_since: self::NOW - 9000, orders_of_set: ['all' => [self::NOW - 6000, self::NOW - 5000]]), Step::NONE, Reason::Order_Failed, self::NOW - 5000 + 7 * $day],
            'what is about to end waits for nobody' => [Rows::reachable(dns_since: self::NOW - 60, certificate_status: Status::Action, certificate_reason: Reason::Renewal_Late), Rows::facts(...$shared, shared_blocker: 'x.example'), Step::ORDER, Reason::Order_Under_Way],
            'in another mode nobody waits for others' => [Rows::reachable(dns_since: self::NOW - 60), Rows::facts(shared_blocker: 'x.example'), Step::ORDER, Reason::Order_Under_Way],
            // RunCloud issues it for the names that it had ("old"), whatever names it is ordered for ("all").
            'one order brought it for the old names: once more' => [Rows::reachable(ordered_at: self::NOW - 700), Rows::facts(...$shared, ...self::kept(1, self::NOW - 700), shared_since: self::NOW - 9000, orders_of_set: ['all' => [self::NOW - 700], 'old' => [self::NOW - 690]]), Step::ORDER, Reason::Order_Under_Way],
            'two did' => [Rows::reachable(ordered_at: self::NOW - 700), Rows::facts(...$shared, ...self::kept(2, self::NOW - 700), shared_since: self::NOW - 9000, orders_of_set: ['all' => [self::NOW - 1400, self::NOW - 700], 'old' => [self::NOW - 1390, self::NOW - 690]]), Step::NONE, Reason::Order_Failed, self::NOW - 700 + 7 * $day],
            'two did, and then another host came: it is tried once' => [Rows::reachable(), Rows::facts(...$shared, ...self::kept(2, self::NOW - 9000), shared_since: self::NOW - 60, orders_of_set: ['old' => [self::NOW - 9990, self::NOW - 8990]]), Step::ORDER, Reason::Order_Under_Way],
            'and it was tried' => [Rows::reachable(ordered_at: self::NOW - 700), Rows::facts(...$shared, ...self::kept(3, self::NOW - 700), shared_since: self::NOW - 900, orders_of_set: ['all' => [self::NOW - 700], 'old' => [self::NOW - 9990, self::NOW - 8990, self::NOW - 690]]), Step::NONE, Reason::Order_Failed, self::NOW - 700 + 7 * $day],
            'it was tried and nothing came: once more, as always' => [Rows::reachable(ordered_at: self::NOW - 700), Rows::facts(...$shared, ...self::kept(2, self::NOW - 9000), shared_since: self::NOW - 900, orders_of_set: ['all' => [self::NOW - 700], 'old' => [self::NOW - 8990]]), Step::ORDER, Reason::Order_Under_Way],
            'it was tried, and then another name left the order' => [Rows::reachable(dns_since: self::NOW - 9990, ordered_at: self::NOW - 9000), Rows::facts(...$shared, ...self::kept(2, self::NOW - 9000), shared_since: self::NOW - 9990, orders_of_set: ['all' => [], 'old' => [self::NOW - 9980, self::NOW - 8990]]), Step::NONE, Reason::Order_Failed, self::NOW - 8990 + 7 * $day],
            'the old names had five in a row, whatever was ordered' => [Rows::reachable(), Rows::facts(...$shared, ...self::kept(5, self::NOW - 3600), shared_since: self::NOW - 60, orders_of_set: ['old' => array_fill(0, 5, self::NOW - 3600)]), Step::NONE, Reason::Order_Failed, self::NOW - 3000 + 122400],
            'the same, and a renewal is late: it waits without a word' => [Rows::reachable(certificate_status: Status::Action, certificate_reason: Reason::Renewal_Late, certificate_until: self::NOW + 10 * $day), Rows::facts(...$shared, ...self::kept(5, self::NOW - 3600), shared_since: self::NOW - 60, orders_of_set: ['old' => array_fill(0, 5, self::NOW - 3600)]), Step::NONE, null, self::NOW - 3000 + 122400],
            'a certificate without this host was stopped by nobody' => [Rows::reachable(dns_since: self::NOW - 9000, ordered_at: self::NOW - 5000, asked: 'order'), Rows::facts(...$shared, ...self::kept(1, self::NOW - 5000), shared_blocker: 'x.example'), Step::ORDER, Reason::Order_Under_Way],
            'another host spoils it' => [Rows::reachable(), Rows::facts(...$shared, shared_blocker: 'x.example'), Step::NONE, Reason::Shared_Waits, self::NOW + 300],
            // Not wanted.
            'dropped, and seen twice' => [Rows::dropped(), Rows::facts(...$confirmed), Step::REMOVE, Reason::Removal_Waits],
            'dropped, and seen once' => [Rows::dropped(), Rows::facts(), Step::CONFIRM, Reason::Removal_Waits],
            'dropped, and the second look came too soon' => [Rows::dropped(desired_since: self::NOW - 65), Rows::facts(...$confirmed), Step::CONFIRM, Reason::Removal_Waits],
            'dropped a moment ago' => [Rows::dropped(desired_since: self::NOW - 20), Rows::facts(...$confirmed), Step::NONE, Reason::Removal_Waits, self::NOW + 40],
            'removal is soft' => [Rows::dropped(), Rows::facts(...$confirmed, removal_delay: $day), Step::NONE, Reason::Removal_Delayed, self::NOW - 3600 + $day],
            'adopted and dropped' => [Rows::dropped(owner: 'adopted'), Rows::facts(...$confirmed), Step::REMOVE, Reason::Removal_Waits],
            'made by others and dropped' => [Rows::dropped(owner: 'others'), Rows::facts(...$confirmed), Step::NONE, Reason::Not_Ours, self::SETTLED],
            'the primary' => [Rows::dropped(remote_type: 'primary'), Rows::facts(...$confirmed), Step::NONE, Reason::Primary, self::SETTLED],
            'nothing is ever removed' => [Rows::dropped(), Rows::facts(...$confirmed, policy: 'add-only'), Step::NONE, Reason::Add_Only, self::SETTLED],
            'many dropped at once' => [Rows::dropped(hold: 'mass-removal'), Rows::facts(...$confirmed), Step::NONE, Reason::Mass_Removal, self::SETTLED, 'mass-removal'],
            'many dropped at once, approved' => [Rows::dropped(approved: 1), Rows::facts(...$confirmed), Step::REMOVE, Reason::Removal_Waits],
            'left at the old web application' => [Rows::dropped(...$elsewhere), Rows::facts(...$confirmed), Step::NONE, Reason::Left_Behind, self::SETTLED],
            'the answer to the removal was lost' => [Rows::dropped(asked: 'remove'), Rows::facts(...$confirmed), Step::LOOK_UP, Reason::Outcome_Unknown],
            'not seen by the inventory' => [Rows::dropped(remote_state: Domain::UNKNOWN), Rows::facts(...$confirmed), Step::LOOK_UP, Reason::Outcome_Unknown],
            'gone' => [Rows::dropped(remote_state: Domain::ABSENT, remote_id: 0, owner: ''), Rows::facts(), Step::FORGET, Reason::Removed],
            'gone, and a customer had it' => [Rows::dropped(remote_state: Domain::ABSENT, remote_id: 0, last_customer_id: 7, left_at: self::NOW), Rows::facts(), Step::NONE, Reason::Removed, self::NOW + 365 * $day],
            'not there before, and the answer to another addition was lost' => [Rows::dropped(remote_state: Domain::ABSENT, remote_id: 0, owner: '', asked: 'add'), Rows::facts(), Step::LOOK_UP, Reason::Outcome_Unknown],
            'never asked for' => [Rows::dropped(remote_state: Domain::UNKNOWN, remote_id: 0, web_app: 0, owner: ''), Rows::facts(), Step::FORGET, Reason::Removed],
            // Limits and failures.
            'the policy is paused' => [Rows::wanted(), Rows::facts(policy: 'paused'), Step::NONE, Reason::Paused, self::SETTLED],
            'RunCloud had enough requests' => [Rows::wanted(), Rows::facts(blocked: Reason::Rate_Limited, blocked_until: self::NOW + 30), Step::ADD, Reason::Rate_Limited, self::NOW + 30],
            'that is over' => [Rows::wanted(), Rows::facts(blocked: Reason::Rate_Limited, blocked_until: self::NOW), Step::ADD, Reason::Waiting],
            'this step is blocked' => [Rows::wanted(), Rows::facts(blocked_steps: ['add' => [Reason::Forbidden, self::NOW + 90]]), Step::ADD, Reason::Forbidden, self::NOW + 90],
            'this step was blocked' => [Rows::wanted(), Rows::facts(blocked_steps: ['add' => [Reason::Forbidden, self::NOW]]), Step::ADD, Reason::Waiting],
            'another step is blocked' => [Rows::wanted(), Rows::facts(blocked_steps: ['order' => [Reason::Forbidden, self::NOW + 90]]), Step::ADD, Reason::Waiting],
            'this step and all are blocked' => [Rows::wanted(), Rows::facts(blocked: Reason::Rate_Limited, blocked_until: self::NOW + 30, blocked_steps: ['add' => [Reason::Forbidden, self::NOW + 90]]), Step::ADD, Reason::Rate_Limited, self::NOW + 30],
            'a copy of the network' => [Rows::wanted(), Rows::facts(blocked: Reason::Copy), Step::ADD, Reason::Copy, self::NOW + 3600],
            'five attempts broke off' => [Rows::wanted(unfinished: 5), Rows::facts(), Step::NONE, Reason::Crashed, self::SETTLED],
            'four attempts broke off' => [Rows::wanted(unfinished: 4), Rows::facts(), Step::ADD, Reason::Waiting],
            'refused' => [Rows::wanted(domain_status: Status::Action, domain_reason: Reason::Refused, failing_since: self::NOW - 9), Rows::facts(), Step::NONE, Reason::Refused, self::SETTLED],
            'refused, since another web application has the name' => [Rows::wanted(domain_status: Status::Action, domain_reason: Reason::Other_App, failing_since: self::NOW - 9), Rows::facts(), Step::NONE, Reason::Other_App, self::SETTLED],
            'refused, wanted otherwise since' => [Rows::wanted(), Rows::facts(), Step::ADD, Reason::Waiting],
            'the token was refused, and the outage has ended' => [Rows::wanted(domain_status: Status::Action, domain_reason: Reason::Unauthorized, failing_since: self::NOW - 9), Rows::facts(), Step::ADD, Reason::Waiting],
            'it waited 25 hours and never failed' => [Rows::wanted(desired_since: self::NOW - 90000), Rows::facts(), Step::ADD, Reason::Waiting],
        ];
    }

    /** @dataProvider steps */
    public function testTheNextStep(Domain $row, Facts $facts, string $action, ?Reason $reason, int $due = self::NOW, string $hold = ''): void
    {
        $step = Planner::next($row, $facts, self::NOW);
        self::assertSame([$action, $reason, $due, $hold], [$step->action, $step->reason, $step->due_at, $step->hold]);
    }

    /**
     * RunCloud has issued the shared certificate for the names that it had.
     *
     * @param int $times How often in a row.
     * @param int $last  The last order.
     *
     * @return array<string, mixed>
     */
    private static function kept(int $times, int $last): array
    {
        return ['shared_kept' => $times, 'shared_kept_set' => 'old', 'shared_brought_at' => $last, 'shared_ordered_at' => $last, 'shared_read_at' => $last];
    }

    /** @param list<int> $times */
    private static function ordered(array $times): Facts
    {
        return Rows::facts(orders_of_set: [Rows::facts()->order_set(Rows::reachable()) => $times]);
    }
}
