<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress\Pure;

use Domain_Sync_For_RunCloud\Serving\Observation;
use Domain_Sync_For_RunCloud\Serving\Verdict;
use Domain_Sync_For_RunCloud\Store\Domain;
use Domain_Sync_For_RunCloud\Store\Reason;
use Domain_Sync_For_RunCloud\Store\Status;
use PHPUnit\Framework\TestCase;

/**
 * What a look means.
 */
final class VerdictTest extends TestCase
{
    private const NOW = Rows::NOW;
    private const DAY = 86400;

    /** @return array<string, array{array<string, mixed>, Reason, 2?: array<string, mixed>}> What was seen, the domain's reason, the row. */
    public static function domains(): array
    {
        $none = ['A' => ['outcome' => 'none'], 'AAAA' => ['outcome' => 'none']];
        $theirs = Looks::dns([Looks::THEIRS]);
        $before = ['dns_since' => self::NOW - self::DAY, 'domain_reason' => Reason::Served, 'domain_status' => Status::Ready];
        $www = static fn (array $seen): array => ['www' => Looks::seen($seen + ['host' => 'www.' . Rows::HOST])];
        $move = ['dns' => $theirs, 'nonce' => false, 'challenge' => true];
        $answer = static fn (array $hop): array => ['nonce' => false, 'http' => [$hop + ['url' => 'http://shop.example/probe']]];

        return [
            'all is well' => [[], Reason::Served],
            'all is well with IPv6, however it is written' => [['dns' => Looks::dns([Looks::OURS], ['2001:DB8:0:0::7'])], Reason::Served],
            'the panel\'s addresses are not known' => [['expected' => [], 'dns' => $theirs], Reason::Served],
            'behind a proxy' => [['dns' => $theirs], Reason::Proxied],
            'one type cannot be looked up, the other is right' => [['dns' => ['AAAA' => ['outcome' => 'failed']] + Looks::dns([Looks::OURS])], Reason::Served],
            'no DNS' => [['dns' => $none, 'nonce' => false], Reason::Dns_None],
            'no DNS any more' => [['dns' => $none, 'nonce' => false], Reason::Dns_Left, $before],
            'still no DNS, after it had left' => [['dns' => $none, 'nonce' => false], Reason::Dns_Left, ['domain_reason' => Reason::Dns_Left]],
            'elsewhere' => [['dns' => $theirs, 'nonce' => false], Reason::Dns_Elsewhere],
            'elsewhere, and right before' => [['dns' => $theirs, 'nonce' => false], Reason::Dns_Left, $before],
            'elsewhere, and the certificate is here already' => [['dns' => $theirs, 'nonce' => false, 'tls_here' => Looks::tls()], Reason::Ready_To_Switch],
            'elsewhere, and the old server sends Let\'s Encrypt on to us' => [$move, Reason::Move_Prepared],
            'elsewhere, and the old server does not send it on any more' => [['challenge' => false] + $move, Reason::Dns_Elsewhere, ['domain_reason' => Reason::Move_Prepared]],
            'elsewhere, and whether it is sent on could not be looked at' => [['challenge' => null] + $move, Reason::Move_Prepared, ['domain_reason' => Reason::Move_Prepared]],
            'elsewhere, sent on, and the certificate is here' => [['tls_here' => Looks::tls()] + $move, Reason::Ready_To_Switch],
            'it was here before, and is sent on' => [$move, Reason::Dns_Left, $before],
            'it is sent on, and www as well' => [$www($move) + $move, Reason::Move_Prepared, ['www' => true]],
            'it is sent on, and www is here already' => [$www([]) + $move, Reason::Move_Prepared, ['www' => true]],
            'it is sent on, and www is not' => [$www(['challenge' => false] + $move) + $move, Reason::Dns_Elsewhere, ['www' => true]],
            'it is sent on, and www has no DNS' => [$www(['dns' => $none, 'nonce' => false]) + $move, Reason::Www_Missing, ['www' => true]],
            'www is sent on, and the host is here' => [$www($move), Reason::Www_Elsewhere, ['www' => true]],
            'some elsewhere' => [['dns' => Looks::dns([Looks::OURS, Looks::THEIRS])], Reason::Dns_Some_Elsewhere],
            'AAAA elsewhere' => [['dns' => Looks::dns([Looks::OURS], ['2001:db8::99'])], Reason::Dns_Aaaa_Elsewhere],
            'AAAA elsewhere, A is no address at all' => [['dns' => Looks::dns([], ['2001:db8::99']), 'nonce' => false], Reason::Dns_Elsewhere],
            'SERVFAIL' => [['dns' => ['A' => ['outcome' => 'failed']] + $none, 'nonce' => false], Reason::Dns_Failed],
            'SERVFAIL for AAAA, no A' => [['dns' => ['AAAA' => ['outcome' => 'failed']] + $none, 'nonce' => false], Reason::Dns_Failed],
            'DNSSEC is bogus' => [['dns' => ['A' => ['outcome' => 'bogus'], 'AAAA' => ['outcome' => 'failed']], 'nonce' => false], Reason::Dns_Bogus],
            'DNSSEC is bogus, and we arrive all the same' => [['dns' => ['A' => ['outcome' => 'bogus']] + $none], Reason::Dns_Bogus],
            'DNSSEC is bogus for AAAA, and A is right' => [['dns' => ['AAAA' => ['outcome' => 'bogus']] + Looks::dns([Looks::OURS])], Reason::Served],
            'lame delegation' => [['dns' => ['A' => ['outcome' => 'refused']] + $none, 'nonce' => false], Reason::Dns_Lame],
            'a CNAME beside other records' => [['dns' => Looks::dns([Looks::OURS]) + Looks::conflict(), 'nonce' => false], Reason::Dns_Cname_Conflict],
            'a CNAME beside other records, without address' => [['dns' => $none + Looks::conflict(), 'nonce' => false], Reason::Dns_Cname_Conflict],
            'DNS was too late' => [['dns' => [], 'nonce' => false], Reason::Not_Looked],
            'DNS was too late for one type, and the other has nothing' => [['dns' => ['A' => ['outcome' => 'late']] + $none, 'nonce' => false], Reason::Not_Looked],
            'port 80 is closed' => [$answer(['error' => 'refused']), Reason::Port_Closed],
            'HTTP was too late' => [$answer(['error' => 'late']), Reason::Not_Looked],
            'HTTP was not looked at' => [['nonce' => false, 'http' => []], Reason::Not_Looked],
            'RunCloud does not serve it yet' => [$answer(['status' => 404]), Reason::Not_Served_Yet, ['desired_since' => self::NOW - 30]],
            'RunCloud does not serve it after hours' => [$answer(['status' => 404]), Reason::Another_Server, ['desired_since' => self::NOW - 7300]],
            'another server, and nobody knows the addresses' => [['expected' => []] + $answer(['status' => 200]), Reason::Another_Server],
            'redirected away' => [$answer(['url' => 'https://parking.example/', 'status' => 200]), Reason::Redirects_Away],
            'redirected away to one that is closed' => [$answer(['url' => 'https://parking.example/', 'error' => 'refused']), Reason::Redirects_Away],
            'redirected to itself for ever' => [$answer(['error' => 'redirect-loop']), Reason::Redirects_Away],
            'redirected to a port that Let\'s Encrypt does not follow to' => [$answer(['url' => 'http://shop.example:8080/', 'error' => 'bad-port']), Reason::Redirects_Away],
            'redirected to https, where nobody answers' => [$answer(['url' => 'https://shop.example/probe', 'error' => 'refused']), Reason::Redirects_Away],
            'redirected to www of itself, which has no DNS' => [['nonce' => false, 'http' => [['url' => 'http://shop.example/probe', 'status' => 301], ['url' => 'http://www.shop.example/probe', 'error' => 'no-address']]], Reason::Redirects_Away],
            'DNS gives an address of a private network, and nobody knows ours' => [['expected' => [], 'dns' => Looks::dns(['10.0.0.1'])] + $answer(['error' => 'not-public']), Reason::Dns_Elsewhere],
            'redirected to www of itself' => [$answer(['url' => 'https://www.shop.example/probe', 'status' => 404]), Reason::Another_Server, ['desired_since' => self::NOW - 7300]],
            'www is well too' => [$www([]), Reason::Served, ['www' => true]],
            'www has no DNS' => [$www(['dns' => $none, 'nonce' => false]), Reason::Www_Missing, ['www' => true]],
            'www leads elsewhere' => [$www(['dns' => $theirs, 'nonce' => false]), Reason::Www_Elsewhere, ['www' => true]],
            'www could not be looked at' => [$www(['dns' => [], 'nonce' => false]), Reason::Not_Looked, ['www' => true]],
            'www has lost its DNS' => [$www(['dns' => $none, 'nonce' => false]), Reason::Www_Missing, ['www' => true] + $before],
            'www does not matter where it is not to be served' => [$www(['dns' => $none, 'nonce' => false]), Reason::Served],
        ];
    }

    /**
     * @dataProvider domains
     * @param array<string, mixed> $seen
     * @param array<string, mixed> $row
     */
    public function testTheDomain(array $seen, Reason $reason, array $row = []): void
    {
        $verdict = Looks::verdict($seen, $row);
        self::assertSame($reason->value, $verdict->domain->value);
        self::assertStringNotContainsString('(not known)', $verdict->domain->sentence($verdict->domain_details), 'A detail is missing.');
        self::assertStringNotContainsString('(not known)', $verdict->domain->next_step($verdict->domain_details), 'A detail is missing.');
    }

    /** @return array<string, array{array<string, mixed>, Reason, 2?: array<string, mixed>}> What was seen, the certificate's reason, the row. */
    public static function certificates(): array
    {
        $tls = static fn (string $verdict, array $more = []): array => ['tls' => Looks::tls(['verdict' => $verdict] + $more)];
        $theirs = ['dns' => Looks::dns([Looks::THEIRS])];
        $caa = static fn (string ...$records): array => ['dns' => Looks::dns([Looks::OURS]) + ['CAA' => ['outcome' => 'found', 'values' => $records]]];
        $noCaa = static fn (string $outcome): array => ['dns' => Looks::dns([Looks::OURS]) + ['CAA' => ['outcome' => $outcome]]];
        $life = static fn (int $days, int $left): array => ['from' => self::NOW - ($days - $left) * self::DAY, 'until' => self::NOW + $left * self::DAY];

        return [
            'trusted' => [[], Reason::Covers],
            'trusted by a wildcard' => [$tls('trusted', ['names' => ['*.example']]), Reason::Covers],
            'a wildcard stands for one label' => [$tls('trusted', ['names' => ['*.example']]), Reason::Other_Name, ['host' => 'a.shop.example']],
            'www is not covered' => [$tls('trusted'), Reason::Other_Name, ['www' => true]],
            'www is covered' => [$tls('trusted', ['names' => ['shop.example', 'WWW.shop.example']]), Reason::Covers, ['www' => true]],
            'of another name' => [$tls('other-name', ['names' => ['network.example']]), Reason::Other_Name],
            'expired' => [$tls('expired'), Reason::Expired],
            'not yet valid' => [$tls('not-yet-valid'), Reason::Not_Yet_Valid],
            'self-signed' => [$tls('self-signed'), Reason::Self_Signed],
            'of an unknown issuer' => [$tls('unknown-issuer'), Reason::Unknown_Issuer],
            'of the test environment' => [$tls('staging'), Reason::Staging],
            'none' => [['tls' => ['verdict' => 'none']], Reason::No_Certificate],
            'too late' => [['tls' => ['verdict' => 'late']], Reason::Not_Looked],
            'not looked at' => [['tls' => []], Reason::Not_Looked],
            'a quarter of 90 days is left' => [$tls('trusted', $life(90, 23)), Reason::Covers],
            'less than that' => [$tls('trusted', $life(90, 22)), Reason::Renewal_Late],
            'a quarter of 45 days is left' => [$tls('trusted', $life(45, 12)), Reason::Covers],
            'less than that of 45 days' => [$tls('trusted', $life(45, 11)), Reason::Renewal_Late],
            'a quarter of 64 days is left' => [$tls('trusted', $life(64, 16)), Reason::Covers],
            'less than that of 64 days' => [$tls('trusted', $life(64, 15)), Reason::Renewal_Late],
            'a certificate of six days' => [$tls('trusted', $life(6, 2)), Reason::Covers],
            'a certificate of six days, with one left' => [$tls('trusted', $life(6, 1)), Reason::Renewal_Late],
            'of 160 hours, as Let\'s Encrypt issues it, dated back an hour' => [$tls('trusted', ['from' => self::NOW - 3600, 'until' => self::NOW - 3600 + 576000]), Reason::Covers],
            'dated back a day, as some issuers do' => [$tls('trusted', ['from' => self::NOW - self::DAY, 'until' => self::NOW + 6 * self::DAY]), Reason::Covers],
            'a renewal is late, and was ordered a minute ago' => [$tls('trusted', $life(90, 22)), Reason::Order_Under_Way, ['ordered_at' => self::NOW - 60]],
            'a renewal is late, and was ordered an hour ago' => [$tls('trusted', $life(90, 22)), Reason::Renewal_Late, ['ordered_at' => self::NOW - 3600]],
            'RunCloud looks after it since an hour' => [['tls' => ['verdict' => 'none']], Reason::Automatic, ['certificate_status' => Status::Ready, 'certificate_reason' => Reason::Automatic, 'certificate_since' => self::NOW - 3600]],
            'RunCloud looks after it since a day' => [['tls' => ['verdict' => 'none']], Reason::No_Certificate, ['certificate_status' => Status::Ready, 'certificate_reason' => Reason::Automatic, 'certificate_since' => self::NOW - self::DAY]],
            'DNS is elsewhere' => [$theirs + ['nonce' => false], Reason::Waits_For_Dns],
            'DNS is elsewhere, and the certificate is here' => [$theirs + ['nonce' => false, 'tls_here' => Looks::tls()], Reason::Covers],
            'another server has a certificate' => [$theirs + ['nonce' => false] + $tls('trusted'), Reason::Waits_For_Dns],
            'behind a proxy, none here' => [$theirs + ['tls_here' => ['verdict' => 'none']], Reason::No_Certificate],
            'behind a proxy, one here' => [$theirs + ['tls_here' => Looks::tls()], Reason::Covers],
            'behind a proxy that shows a bad one' => [$theirs + $tls('expired') + ['tls_here' => Looks::tls()], Reason::Expired],
            'CAA permits Let\'s Encrypt' => [['tls' => ['verdict' => 'none']] + $caa('0 issue "letsencrypt.org; x=1"', '0 issue "other.example"'), Reason::No_Certificate],
            'CAA permits another only' => [['tls' => ['verdict' => 'none']] + $caa('0 issue "other.example"', '0 iodef "mailto:a@b.example"'), Reason::Caa_Forbids],
            'CAA permits nobody' => [['tls' => ['verdict' => 'none']] + $caa('0 issue ";"'), Reason::Caa_Forbids],
            'CAA has no word on it' => [['tls' => ['verdict' => 'none']] + $caa('0 iodef "mailto:a@b.example"'), Reason::No_Certificate],
            'CAA forbids, and the certificate is there' => [$caa('0 issue "other.example"'), Reason::Covers],
            'CAA cannot be looked up' => [['tls' => ['verdict' => 'none']] + $noCaa('failed'), Reason::No_Certificate],
            'CAA cannot be looked up, and orders were in vain' => [['tls' => ['verdict' => 'none']] + $noCaa('failed'), Reason::Caa_Failed, ['certificate_reason' => Reason::Order_Failed, 'certificate_status' => Status::Action]],
            'CAA still cannot be looked up' => [['tls' => ['verdict' => 'none']] + $noCaa('refused'), Reason::Caa_Failed, ['certificate_reason' => Reason::Caa_Failed, 'certificate_status' => Status::Action]],
            'CAA was too late, and orders were in vain' => [['tls' => ['verdict' => 'none']] + $noCaa('late'), Reason::Order_Failed, ['certificate_reason' => Reason::Order_Failed, 'certificate_status' => Status::Action]],
            'CAA cannot be looked up, and the certificate is there' => [$noCaa('failed'), Reason::Covers, ['certificate_reason' => Reason::Order_Failed, 'certificate_status' => Status::Action]],
            'CAA of www permits another only' => [['tls' => ['verdict' => 'none'], 'www' => Looks::seen(['host' => 'www.shop.example'] + $caa('0 issue "other.example"'))], Reason::Caa_Forbids, ['www' => true]],
            'CAA of www does not matter where it is not to be served' => [['tls' => ['verdict' => 'none'], 'www' => Looks::seen(['host' => 'www.shop.example'] + $caa('0 issue "other.example"'))], Reason::No_Certificate],
            'DNS is elsewhere, and the old server sends Let\'s Encrypt on to us' => [$theirs + ['nonce' => false, 'challenge' => true, 'tls_here' => ['verdict' => 'none']], Reason::No_Certificate],
            'sent on, and ordered a minute ago' => [$theirs + ['nonce' => false, 'challenge' => true], Reason::Order_Under_Way, ['ordered_at' => self::NOW - 60, 'asked' => 'order']],
            'sent on, and the limit is reached' => [$theirs + ['nonce' => false, 'challenge' => true], Reason::Budget_Spent, ['certificate_reason' => Reason::Budget_Spent]],
            'ordered a minute ago' => [['tls' => ['verdict' => 'none']], Reason::Order_Under_Way, ['ordered_at' => self::NOW - 60, 'asked' => 'order']],
            'ordered an hour ago' => [['tls' => ['verdict' => 'none']], Reason::No_Certificate, ['ordered_at' => self::NOW - 3600, 'asked' => 'order']],
            'ordered, and there' => [[], Reason::Covers, ['ordered_at' => self::NOW - 60]],
            'an order failed' => [['tls' => ['verdict' => 'none']], Reason::Refused, ['certificate_status' => Status::Action, 'certificate_reason' => Reason::Refused]],
            'an order failed, and is to be tried again' => [['tls' => ['verdict' => 'none']], Reason::No_Certificate, ['certificate_reason' => Reason::Refused]],
            'an order failed, and the certificate is there' => [[], Reason::Covers, ['certificate_status' => Status::Action, 'certificate_reason' => Reason::Refused]],
            'it came from elsewhere' => [['tls' => ['verdict' => 'none']], Reason::Not_Renewable, ['certificate_status' => Status::Action, 'certificate_reason' => Reason::Not_Renewable]],
            'it came from elsewhere, and is to be tried again' => [['tls' => ['verdict' => 'none']], Reason::No_Certificate, ['certificate_reason' => Reason::Not_Renewable]],
            'what the planner knows stays' => [['tls' => ['verdict' => 'none']], Reason::Budget_Spent, ['certificate_reason' => Reason::Budget_Spent]],
            'what the planner knew is over' => [[], Reason::Covers, ['certificate_reason' => Reason::Order_Failed]],
        ];
    }

    /**
     * @dataProvider certificates
     * @param array<string, mixed> $seen
     * @param array<string, mixed> $row
     */
    public function testTheCertificate(array $seen, Reason $reason, array $row = []): void
    {
        $verdict = Looks::verdict($seen, $row);
        self::assertSame($reason->value, $verdict->certificate->value);
        if (($row['certificate_reason'] ?? null) !== $reason) {
            self::assertStringNotContainsString('(not known)', $reason->sentence($verdict->certificate_details) . $reason->next_step($verdict->certificate_details));
        }
    }

    /** @return array<string, array{array<string, mixed>, array<string, mixed>, bool, bool}> What is served, the row, is it new, was it ordered at the row's time. */
    public static function appearances(): array
    {
        $old = ['certificate_serial' => 'a1', 'certificate_from' => self::NOW - 60 * self::DAY];
        $new = static fn (int $from, string $verdict = 'trusted'): array => ['serial' => 'b2', 'from' => $from, 'verdict' => $verdict];
        $ordered = ['ordered_at' => self::NOW - 60];

        return [
            'the same as before' => [['serial' => 'A1'] + $new(self::NOW - 60 * self::DAY), $old, false, false],
            'renewed by RunCloud' => [$new(self::NOW - 4000), $old, true, false],
            'what we ordered, dated back an hour' => [$new(self::NOW - 3640), $old + $ordered, true, true],
            'what we ordered, not dated back' => [$new(self::NOW - 40), $old + $ordered, true, true],
            'older than our order' => [$new(self::NOW - 3800), $old + $ordered, true, false],
            'long after our order' => [$new(self::NOW - 40), $old + ['ordered_at' => self::NOW - 5 * 3600], true, false],
            'the second after one order' => [$new(self::NOW - 40), ['certificate_serial' => 'a1', 'certificate_from' => self::NOW - 3650] + $ordered, true, false],
            'an older one, which another address shows' => [$new(self::NOW - 61 * self::DAY), $old, false, false],
            'the first that is seen, from last week' => [$new(self::NOW - 8 * self::DAY), [], false, false],
            'the first that is seen, from yesterday' => [$new(self::NOW - self::DAY), [], true, false],
            'one that nobody trusts' => [$new(self::NOW - 40, 'self-signed'), $old, false, false],
            'nothing' => [['verdict' => 'none', 'serial' => '', 'from' => 0], $old, false, false],
        ];
    }

    /**
     * @dataProvider appearances
     * @param array<string, mixed> $tls
     * @param array<string, mixed> $row
     */
    public function testANewCertificateIsNoticedAndWhetherAnOrderBroughtIt(array $tls, array $row, bool $isNew, bool $isOrdered): void
    {
        $verdict = Looks::verdict(['tls' => Looks::tls($tls)], $row);
        self::assertSame($isNew, $verdict->has_new_certificate());
        self::assertSame($isOrdered, $isNew && $verdict->was_ordered_at($row['ordered_at'] ?? 0));
        self::assertLessThanOrEqual(self::NOW, $verdict->issued_at());
    }

    /** @return array<string, array{array<string, mixed>, array<string, mixed>, Reason, Reason}> Main host, host, domain, certificate. */
    public static function blindness(): array
    {
        $dead = ['dns' => ['A' => ['outcome' => 'failed'], 'AAAA' => ['outcome' => 'failed']], 'nonce' => false, 'tls' => ['verdict' => 'none']];
        $shut = ['nonce' => false, 'http' => [['url' => 'http://shop.example/', 'error' => 'refused']]];

        return [
            'a dead resolver' => [$dead, $dead, Reason::Network_Unreachable, Reason::Network_Unreachable],
            'no way back to oneself' => [$shut, $shut, Reason::Network_Unreachable, Reason::Covers],
            'a wrong clock' => [['tls' => ['verdict' => 'not-yet-valid']], ['tls' => ['verdict' => 'not-yet-valid']], Reason::Served, Reason::Network_Unreachable],
            'no way to port 443' => [['tls' => ['verdict' => 'late']], ['tls' => ['verdict' => 'none']], Reason::Served, Reason::Network_Unreachable],
            'the main host has no certificate of its own' => [['tls' => ['verdict' => 'other-name']], ['tls' => ['verdict' => 'none']], Reason::Served, Reason::No_Certificate],
            'only the main host fails' => [$dead, [], Reason::Served, Reason::Covers],
            'DNS works, HTTP does not, and this host\'s DNS is wrong' => [$shut, ['dns' => Looks::dns([Looks::THEIRS]), 'nonce' => false], Reason::Dns_Left, Reason::Waits_For_Dns],
        ];
    }

    /**
     * @dataProvider blindness
     * @param array<string, mixed> $main
     * @param array<string, mixed> $seen
     */
    public function testNobodyIsBlamedWhereTheNetworkItselfFails(array $main, array $seen, Reason $domain, Reason $certificate): void
    {
        $verdict = Verdict::of(Looks::seen($seen), Rows::reachable(), Looks::seen(['host' => 'network.example'] + $main), self::NOW);
        self::assertSame([$domain->value, $certificate->value], [$verdict->domain->value, $verdict->certificate->value]);
    }

    public function testRightDnsIsDatedOnce(): void
    {
        self::assertSame(self::NOW, Looks::verdict([], ['dns_since' => 0])->dns_since);
        self::assertSame(self::NOW - 500, Looks::verdict([], ['dns_since' => self::NOW - 500])->dns_since);
        self::assertSame(self::NOW - 500, Looks::verdict(['dns' => [], 'nonce' => false], ['dns_since' => self::NOW - 500])->dns_since);
        self::assertSame(0, Looks::verdict(['dns' => Looks::dns([Looks::THEIRS]), 'nonce' => false], ['dns_since' => self::NOW - 500])->dns_since);
    }

    /** Every outcome of every kind of look, together: a verdict each, and "could not be looked at" is never a failure. */
    public function testEveryObservationGetsAVerdict(): void
    {
        $outcomes = ['found', 'none', 'refused', 'failed', 'bogus', 'late', 'what a newer extension says'];
        $verdicts = ['trusted', 'expired', 'not-yet-valid', 'self-signed', 'other-name', 'unknown-issuer', 'staging', 'none', 'late', 'new'];
        $hops = [[], [['url' => 'http://shop.example/']], [['url' => 'http://[', 'status' => 200]], [['url' => 'http://x.example/', 'error' => 'refused']]];
        $count = 0;
        foreach ($outcomes as $a) {
            foreach ($outcomes as $aaaa) {
                foreach ($verdicts as $tls) {
                    foreach ($hops as $http) {
                        foreach ([[true, null], [false, null], [false, Looks::seen(['dns' => [], 'nonce' => false])]] as [$nonce, $main]) {
                            $dns = ['A' => ['outcome' => $a, 'values' => [Looks::OURS]], 'AAAA' => ['outcome' => $aaaa, 'values' => [Looks::OURS_6]]];
                            $seen = Looks::seen(['dns' => $dns, 'http' => $http, 'nonce' => $nonce, 'tls' => ['verdict' => $tls]]);
                            $verdict = Verdict::of($seen, Rows::reachable(), $main, self::NOW);
                            self::assertGreaterThan(self::NOW, $verdict->look_at);
                            self::assertNotSame(Reason::Move_Prepared, $verdict->domain);
                            $isBogus = !in_array('found', [$a, $aaaa], true) && in_array('bogus', [$a, $aaaa], true);
                            if ($nonce && $isBogus) {
                                self::assertSame($main === null ? Reason::Dns_Bogus : Reason::Network_Unreachable, $verdict->domain);
                            } elseif ($nonce) {
                                self::assertSame(Reason::Served, $verdict->domain);
                            } elseif ($a === 'late' && $aaaa === 'late') {
                                self::assertSame(Status::Unknown, $verdict->domain->status());
                            }
                            $count++;
                        }
                    }
                }
            }
        }
        self::assertSame(7 * 7 * 10 * 4 * 3, $count);
    }
}
