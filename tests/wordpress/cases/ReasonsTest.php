<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;
use RunCloud\Test\WordPress\Support\World;

/**
 * Each reason of what visitors are served, from real DNS, HTTP and TLS to its sentence: what it is, what it should be, what to do.
 * All hosts of a test are looked at in one look, as a run does it.
 */
final class ReasonsTest extends NetworkTestCase
{
    private const HERE = [World::HERE];

    private const LOOK = '
        use Domain_Sync_For_RunCloud\Serving\{Probe, Verdict};
        use Domain_Sync_For_RunCloud\Store\Domain;
        $rows = array_map(static fn (array $row): Domain => new Domain(...$row + ["id" => 1, "desired_since" => time() - 90000]), $rows);
        $looked = Probe::look($rows, $addresses, 8.0);
        $told = [];
        foreach ($rows as $row) {
            $verdict = Verdict::of($looked["seen"][$row->host], $row, $looked["main"], time());
            foreach (["domain", "certificate"] as $of) {
                $details = $verdict->{"{$of}_details"};
                $told[$row->host][$of] = $verdict->$of->value;
                $told[$row->host]["{$of}_texts"] = $verdict->$of->sentence($details) . " " . $verdict->$of->next_step($details);
            }
        }
        return $told;';

    /**
     * Records, the reason, what is said; then what else there is: a page of the other server, the records of "www.", columns of the row.
     * Where "blind" is set the panel's addresses are not known.
     *
     * @return array<string, array{array<string, list<string>>, string, list<string>, 3?: array<string, mixed>}>
     */
    private static function domains(): array
    {
        $at = static fn (string ...$addresses): array => ['A' => $addresses];
        $to = static fn (string $location): array => ['blind' => true, 'page' => ['status' => 302, 'location' => $location]];
        $here = $at(World::HERE);
        $other = $at(World::ELSEWHERE);
        $v6 = '2606:4700::6810:1';

        return [
            'served' => [$here, 'served', []],
            'none' => [[], 'dns-none', ['no address for none.example', 'of none.example to 127.0.0.1']],
            'elsewhere' => [$other, 'dns-elsewhere', ['elsewhere.example to 127.0.0.2, which is not', 'to 127.0.0.1']],
            'some' => [$at(World::HERE, World::ELSEWHERE), 'dns-some-elsewhere', ['lead to 127.0.0.2; keep 127.0.0.1']],
            'aaaa' => [$here + ['AAAA' => [$v6]], 'dns-aaaa-elsewhere', [$v6, 'Remove the AAAA record of aaaa.example']],
            'left' => [[], 'dns-left', ['sent left.example here before', 'to 127.0.0.1'], ['row' => ['dns_since' => 1700000000]]],
            'away' => [$other, 'redirects-away', ['to https://parking.example', '/.well-known/acme-challenge/'], $to('https://parking.example/')],
            'loop' => [$other, 'redirects-away', ['redirected to loop.example'], $to('http://loop.example/x')],
            'another' => [$other, 'another-server', ['at 127.0.0.2, HTTP status 404', 'that the RunCloud dashboard shows'], ['blind' => true]],
            'closed' => [$at('127.0.1.1'), 'port-80-closed', ['closed.example on port 80 (127.0.1.1)', 'Open port 80'], ['blind' => true]],
            'private' => [$at('10.1.2.3'), 'dns-elsewhere', ['private.example to 10.1.2.3, which is not this server'], ['blind' => true]],
            'no-www' => [
                $here, 'www-missing', ['no address for www.no-www.example', 'CNAME record of www.no-www.example to no-www.example'],
                ['row' => ['www' => true]],
            ],
            'odd-www' => [
                $here, 'www-elsewhere', ['www.odd-www.example to 127.0.0.2', 'to odd-www.example'], ['www' => $other, 'row' => ['www' => true]],
            ],
            'both' => [$here, 'served', [], ['www' => ['CNAME' => ['both.example']], 'row' => ['www' => true]]],
        ];
    }

    public function testADomainIsJudgedByWhatIsReallyThereAndTheSentenceSaysWhatItIsAndWhatItShouldBe(): void
    {
        $cases = self::domains();
        $records = $pages = [];
        foreach ($cases as $name => $case) {
            $records["{$name}.example"] = $case[0];
            $records["www.{$name}.example"] = $case[3]['www'] ?? [];
            $pages += isset($case[3]['page']) ? ["{$name}.example/*" => $case[3]['page']] : [];
        }
        $certificates = array_fill_keys(array_keys($records), 'self-signed');
        $world = new World($records + ['parking.example' => '127.0.0.2'], compact('pages', 'certificates'));
        foreach ([self::HERE, []] as $addresses) {
            $these = array_filter($cases, static fn (array $case): bool => ($case[3]['blind'] ?? false) === ($addresses === []));
            $rows = [];
            foreach ($these as $name => $case) {
                $rows[] = ['host' => "{$name}.example"] + ($case[3]['row'] ?? []);
            }
            $told = self::look($rows, $addresses);
            foreach ($these as $name => [, $reason, $says]) {
                $this->assertTold($told["{$name}.example"], 'domain', $reason, $says);
            }
        }
    }

    public function testACnameBesideNameServersIsNamed(): void
    {
        $world = new World(['shop.example' => ['CNAME' => ['other.example'], 'NS' => ['ns1.example']]]);
        $told = self::look([['host' => 'shop.example']]);
        $says = ['a CNAME (to other.example)', 'to 127.0.0.1 in place of the CNAME'];
        $this->assertTold($told['shop.example'], 'domain', 'dns-cname-conflict', $says);
    }

    /** @return array<string, array{string, string}> What goes wrong, and the reason where it is with the address. */
    public static function faults(): array
    {
        return [
            'SERVFAIL' => ['server-failure', 'dns-failed'],
            'bogus DNSSEC' => ['bogus', 'dns-bogus'],
            'REFUSED' => ['refused', 'dns-lame'],
            'a server that does not know the zone' => ['lame', 'dns-lame'],
            'silence' => ['silence', 'not-looked'],
            'half an answer' => ['malformed', 'dns-failed'],
        ];
    }

    /** @dataProvider faults */
    public function testARecordTypeThatCannotBeLookedUpHidesNoOtherThatIsRight(string $fault, string $reason): void
    {
        $faults = $records = [];
        foreach (['A', 'AAAA', 'CNAME', 'NS', 'CAA'] as $type) {
            $host = strtolower($type) . '.example';
            $records[$host] = World::HERE;
            $faults += $fault === 'lame'
                ? ["zone {$host} {$type}" => 'lame', "resolver {$host} {$type}" => 'refused']
                : ["{$host} {$type}" => $fault];
        }
        $zones = ['example' => ['servers' => ['127.0.1.1'], 'signed' => $fault === 'bogus']];
        $world = new World($records, compact('faults', 'zones'));
        $told = self::look(array_map(static fn (string $host): array => ['host' => $host], array_keys($records)));

        self::assertSame(
            ['a.example' => $reason] + array_fill_keys(array_keys($records), 'served'),
            array_map(static fn (array $one): string => $one['domain'], $told)
        );
        $this->assertTold($told['a.example'], 'domain', $reason, ['a.example']);
    }

    /** @return array<string, array{string, string, list<string>}> What TLS shows, the reason, what is said. */
    public static function certificates(): array
    {
        return [
            'good' => ['good', 'certificate-covers', ['valid until']],
            'a wildcard' => ['wildcard', 'certificate-covers', []],
            'TLS 1.2 only' => ['tls12', 'certificate-covers', []],
            'of another name' => ['other-name', 'certificate-other-name', ['does not cover']],
            'of another name, and expired' => ['other-name-expired', 'certificate-other-name', ['does not cover']],
            'expired' => ['expired', 'certificate-expired', ['expired at 20']],
            'not yet valid' => ['not-yet-valid', 'certificate-not-yet-valid', ['becomes valid at 20', 'clock']],
            'self-signed' => ['self-signed', 'certificate-self-signed', ['signed by the server itself']],
            'unknown issuer' => ['unknown-issuer', 'certificate-unknown-issuer', ['Stranger']],
            'staging' => ['staging', 'certificate-staging', ['test environment']],
            'no TLS' => ['not-tls', 'certificate-missing', []],
            'closed' => ['close', 'certificate-missing', []],
            // An order for each that is slow once would use up Let's Encrypt's limits.
            'a server that hangs' => ['hang', 'not-looked', ['in time (TLS)']],
        ];
    }

    public function testEachKindOfCertificateHasItsOwnReason(): void
    {
        $cases = self::certificates();
        $kinds = [];
        foreach ($cases as [$kind]) {
            $kinds["{$kind}.shop.example"] = $kind;
        }
        $world = new World(array_fill_keys(array_keys($kinds), World::HERE), ['certificates' => $kinds]);
        $told = self::look(array_map(static fn (string $host): array => ['host' => $host], array_keys($kinds)));
        foreach ($cases as [$kind, $reason, $says]) {
            $says[] = $reason === 'certificate-covers' ? '' : "{$kind}.shop.example";
            $this->assertTold($told["{$kind}.shop.example"], 'certificate', $reason, array_filter($says));
            self::assertSame('served', $told["{$kind}.shop.example"]['domain']);
        }
    }

    public function testACaaRecordCountsWhereverItStands(): void
    {
        $here = ['A' => [World::HERE]];
        $forbids = ['CAA' => ['0 issue ca.example']];
        $permits = ['CAA' => ['0 issue ca.example', '0 issue letsencrypt.org']];
        $world = new World([
            'own.example' => $here + $forbids, 'nobody.example' => $here + ['CAA' => ['0 issue ;']], 'both.example' => $here + $permits,
            'a.b.deep.example' => $here, 'deep.example' => $forbids,
            'x.near.far.example' => $here, 'near.far.example' => $permits, 'far.example' => $forbids,
            'pair.example' => $here, 'www.pair.example' => $here + $forbids,
        ], ['certificates' => array_fill_keys(
            ['own.example', 'nobody.example', 'both.example', 'a.b.deep.example', 'x.near.far.example', 'pair.example', 'www.pair.example'],
            'self-signed'
        )]);
        $told = self::look([
            ['host' => 'own.example'], ['host' => 'nobody.example'], ['host' => 'both.example'], ['host' => 'a.b.deep.example'],
            ['host' => 'x.near.far.example'], ['host' => 'pair.example', 'www' => true],
        ]);

        $this->assertTold($told['own.example'], 'certificate', 'caa-forbids', ['own.example', 'permit: ca.example', '0 issue "letsencrypt.org"']);
        $this->assertTold($told['nobody.example'], 'certificate', 'caa-forbids', ['permit: nobody']);
        $this->assertTold($told['both.example'], 'certificate', 'certificate-self-signed', []);
        $this->assertTold($told['a.b.deep.example'], 'certificate', 'caa-forbids', ['permit: ca.example', 'nearest parent']);
        $this->assertTold($told['x.near.far.example'], 'certificate', 'certificate-self-signed', []);
        $this->assertTold($told['pair.example'], 'certificate', 'caa-forbids', ['count for www.pair.example']);
    }

    public function testBehindAProxyTheOneSettingThatMattersIsSaid(): void
    {
        self::look([]);
        $file = glob(Environment::get()->site() . '/wp-content/uploads/domain-sync-*.txt')[0];
        $path = substr($file, strlen(Environment::get()->site()));
        $page = ['body' => file_get_contents($file)];
        $world = new World(['shop.example' => World::ELSEWHERE], ['pages' => ["shop.example{$path}" => $page]]);
        $told = self::look([['host' => 'shop.example']]);

        $this->assertTold($told['shop.example'], 'domain', 'proxied', ['Full (strict)', '/.well-known/acme-challenge/ without a redirection']);
        $this->assertTold($told['shop.example'], 'certificate', 'certificate-covers', []);
    }

    public function testADeadResolverOrNoWayBackToOneselfBlamesNoneOfAThousandHosts(): void
    {
        $main = Environment::get()->networkDomain();
        $hosts = array_map(static fn (int $n): string => "shop{$n}.example", range(1, 1000));
        $rows = array_map(static fn (string $host): array => ['host' => $host], $hosts);
        $world = new World(array_fill_keys($hosts, World::HERE), ['faults' => array_fill_keys(
            array_merge(...array_map(static fn (string $host): array => ["{$host} A", "{$host} AAAA"], [$main, ...$hosts])),
            'server-failure'
        )]);
        $told = self::look($rows);
        self::assertSame(['network-unreachable'], array_values(array_unique(array_column($told, 'domain'))), 'A dead resolver');
        self::assertStringContainsString("(DNS), so nothing is said about this one", $told['shop7.example']['domain_texts']);

        $world->change([$main => World::ELSEWHERE] + array_fill_keys($hosts, World::ELSEWHERE));
        $told = self::look($rows, [World::ELSEWHERE]);
        self::assertSame(['network-unreachable'], array_values(array_unique(array_column($told, 'domain'))), 'No way back to oneself');
    }

    /**
     * @param array<string, string> $told
     * @param list<string>          $says
     */
    private function assertTold(array $told, string $of, string $reason, array $says): void
    {
        $texts = $told["{$of}_texts"];
        self::assertSame($reason, $told[$of], $texts);
        self::assertStringNotContainsString('(not known)', $texts);
        foreach ($says as $part) {
            self::assertStringContainsString($part, $texts);
        }
    }

    /**
     * @param list<array<string, mixed>> $rows
     * @param list<string>               $addresses What the panel would have DNS hold.
     *
     * @return array<string, array<string, string>>
     */
    private static function look(array $rows, array $addresses = self::HERE): array
    {
        return WordPress::run(self::LOOK, ['rows' => $rows, 'addresses' => $addresses]);
    }
}
