<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\Kind;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\WordPress;
use RunCloud\Test\WordPress\Support\World;

/**
 * Looks at what visitors are served, through the extension, in a small world; and what the verdict makes of them.
 */
final class ProbeTest extends NetworkTestCase
{
    private const SHOP = 'shop.example';
    private const WWW = 'www.shop.example';
    private const ALIEN = '192.0.2.77';

    private const LOOK = '
        use Domain_Sync_For_RunCloud\Serving\{Observation, Probe, Verdict};
        use Domain_Sync_For_RunCloud\Store\Domain;
        ($before ?? "") !== "" && eval($before);
        $rows = array_map(static fn (array $row): Domain => new Domain(...$row + ["id" => 1, "desired_since" => time() - 90000]), $rows);
        $looked = Probe::look($rows, $addresses, $deadline ?? 10.0);
        $plain = static fn (?Observation $seen): ?array => null === $seen ? null : get_object_vars($seen) + ["fails_in" => $seen->fails_in()];
        $told = ["error" => $looked["error"], "main" => $plain($looked["main"]), "seen" => []];
        foreach ($rows as $row) {
            $seen = $looked["seen"][$row->host];
            $verdict = Verdict::of($seen, $row, $looked["main"], time());
            $told["seen"][$row->host] = ["www" => $plain($seen->www)] + $plain($seen)
                + ["domain" => $verdict->domain->value, "certificate" => $verdict->certificate->value];
        }
        return $told;';

    public function testAHostWhoseDnsIsRightBringsTheNonceBack(): void
    {
        $world = new World([self::SHOP => World::HERE]);
        $told = self::look([['host' => self::SHOP]]);

        $seen = $told['seen'][self::SHOP];
        self::assertSame(['', true, 'served', 'certificate-covers'], [$told['error'], $seen['nonce'], $seen['domain'], $seen['certificate']]);
        self::assertSame([['outcome' => 'found', 'values' => [World::HERE]], 'none'], [$seen['dns']['A'], $seen['dns']['AAAA']['outcome']]);
        self::assertSame([['url' => 'http://' . self::SHOP . self::path(), 'status' => 200]], $seen['http']);
        self::assertSame($seen['tls'], $seen['tls_here']);
        self::assertSame(['trusted', [self::SHOP]], [$seen['tls']['verdict'], $seen['tls']['names']]);
        self::assertStringContainsString('World Root', $seen['tls']['issuer']);
        self::assertMatchesRegularExpression('/^[0-9a-f]{8,}$/', $seen['tls']['serial']);
        self::assertEqualsWithDelta([time() - 10 * 86400, time() + 80 * 86400], [$seen['tls']['from'], $seen['tls']['until']], 600);
        self::assertSame([true, []], [$told['main']['nonce'], $told['main']['fails_in']]);
        self::assertContains('dns 127.0.1.1 shop.example A', $world->seen());
    }

    public function testWhereTheAddressesAreNotKnownTheNonceIsEnough(): void
    {
        $world = new World([self::SHOP => World::HERE]);
        $seen = self::look([['host' => self::SHOP]], [])['seen'][self::SHOP];

        self::assertSame(['served', 'trusted', []], [$seen['domain'], $seen['tls']['verdict'], $seen['tls_here']]);
    }

    public function testThroughARedirectToHttpsTheNonceStillArrives(): void
    {
        [$path, $content] = self::nonce();
        $world = new World([self::SHOP => World::ELSEWHERE], ['pages' => [
            self::SHOP . '/*' => ['status' => 301, 'location' => 'https://' . self::WWW . $path . '?by=https'],
            self::WWW . $path . '?by=https' => ['body' => "{$content}\n"],
        ]]);
        $hosts = [self::SHOP => World::ELSEWHERE, self::WWW => World::ELSEWHERE];
        self::assertFalse(self::look([['host' => self::SHOP]])['seen'][self::SHOP]['nonce'], 'The target has no address yet.');
        $world->change($hosts, ['pages' => [
            self::SHOP . '/*' => ['status' => 301, 'location' => 'https://' . self::WWW . $path . '?by=https'],
            self::WWW . $path . '?by=https' => ['body' => "{$content}\n"],
        ]]);
        $seen = self::look([['host' => self::SHOP]])['seen'][self::SHOP];

        self::assertSame([301, 200], array_column($seen['http'], 'status'));
        // Another server that passes our file on is a proxy before ours.
        self::assertSame([true, 'proxied'], [$seen['nonce'], $seen['domain']]);
    }

    public function testANonceThatAnotherHostBroughtProvesNothing(): void
    {
        [$path] = self::nonce();
        $world = new World([self::SHOP => World::ELSEWHERE], ['pages' => [
            self::SHOP . '/*' => ['status' => 302, 'location' => 'http://' . Environment::get()->networkDomain() . $path],
        ], 'certificates' => [self::SHOP => 'self-signed']]);
        $seen = self::look([['host' => self::SHOP]])['seen'][self::SHOP];

        self::assertSame([302, 200], array_column($seen['http'], 'status'));
        self::assertSame([false, 'dns-elsewhere'], [$seen['nonce'], $seen['domain']]);
        self::assertSame('redirects-away', self::look([['host' => self::SHOP]], [World::HERE, World::ELSEWHERE])['seen'][self::SHOP]['domain']);
    }

    public function testAPageThatEchoesItsUrlProvesNothing(): void
    {
        $world = new World([self::SHOP => World::ELSEWHERE], ['pages' => [self::SHOP . '/*' => ['how' => 'echo']]]);
        $seen = self::look([['host' => self::SHOP]], [])['seen'][self::SHOP];

        self::assertSame([200, false, 'another-server'], [$seen['http'][0]['status'], $seen['nonce'], $seen['domain']]);
        self::assertContains('http ' . World::ELSEWHERE . ' ' . self::SHOP . ' ' . self::path(), $world->seen());
        self::assertStringNotContainsString(self::path(), (string) self::nonce()[1]);
    }

    public function testWithoutDnsNothingElseIsSaidOfAHost(): void
    {
        $world = new World();
        $seen = self::look([['host' => self::SHOP]])['seen'][self::SHOP];

        self::assertSame(['dns-none', false, []], [$seen['domain'], $seen['nonce'], $seen['tls']]);
        self::assertSame('trusted', $seen['tls_here']['verdict']);
    }

    public function testDnsElsewhereIsSaidWithWhatOurServerShows(): void
    {
        $world = new World([self::SHOP => World::ELSEWHERE], ['certificates' => [self::SHOP => 'self-signed']]);
        $seen = self::look([['host' => self::SHOP]])['seen'][self::SHOP];
        self::assertSame(['dns-elsewhere', 404], [$seen['domain'], $seen['http'][0]['status']]);

        $world->change([self::SHOP => World::ELSEWHERE]);
        self::assertSame('ready-to-switch', self::look([['host' => self::SHOP]])['seen'][self::SHOP]['domain']);
        $world->change([self::SHOP => World::HERE]);
        self::assertSame('served', self::look([['host' => self::SHOP]])['seen'][self::SHOP]['domain']);
    }

    public function testBehindAProxyTheNonceStillArrives(): void
    {
        [$path, $content] = self::nonce();
        $world = new World([self::SHOP => World::ELSEWHERE], ['pages' => [self::SHOP . $path => ['body' => $content]]]);
        $seen = self::look([['host' => self::SHOP]])['seen'][self::SHOP];

        self::assertSame(['proxied', 'certificate-covers'], [$seen['domain'], $seen['certificate']]);
    }

    /** @dataProvider faults */
    public function testEachTroubleOfDnsHasItsOwnReason(string $fault, string $outcome, string $reason): void
    {
        $world = new World([self::SHOP => World::HERE], ['faults' => [
            'shop.example A' => $fault, 'shop.example AAAA' => $fault, 'shop.example NS' => $fault,
        ]]);
        $seen = self::look([['host' => self::SHOP]])['seen'][self::SHOP];

        self::assertSame([$outcome, $reason], [$seen['dns']['A']['outcome'], $seen['domain']]);
    }

    /** @return array<string, array{string, string, string}> */
    public static function faults(): array
    {
        return [
            'the servers refuse' => ['refused', 'refused', 'dns-lame'],
            'SERVFAIL' => ['server-failure', 'failed', 'dns-failed'],
            'silence' => ['silence', 'late', 'not-looked'],
        ];
    }

    public function testServersThatDoNotKnowTheZoneAreLame(): void
    {
        $world = new World([self::SHOP => World::HERE], ['faults' => [
            'zone shop.example A' => 'lame', 'resolver shop.example A' => 'silence', 'resolver shop.example AAAA' => 'silence',
        ]]);
        $seen = self::look([['host' => self::SHOP]])['seen'][self::SHOP];

        self::assertSame(['refused', 'dns-lame'], [$seen['dns']['A']['outcome'], $seen['domain']]);
    }

    public function testWwwIsLookedAtWhereItIsToBeServed(): void
    {
        $world = new World([self::SHOP => World::HERE]);
        $with = self::look([['host' => self::SHOP, 'www' => true], ['host' => 'plain.example']]);

        self::assertSame(['www-missing', self::WWW], [$with['seen'][self::SHOP]['domain'], $with['seen'][self::SHOP]['www']['host']]);
        self::assertNull($with['seen']['plain.example']['www']);
        self::assertSame([], preg_grep('/www\.plain/', $world->seen()));
        $world->change([self::SHOP => World::HERE, self::WWW => ['CNAME' => [self::SHOP]]]);
        $seen = self::look([['host' => self::SHOP, 'www' => true]])['seen'][self::SHOP];
        self::assertSame(['served', true, 'certificate-other-name'], [$seen['domain'], $seen['www']['nonce'], $seen['certificate']]);
        self::assertSame(['outcome' => 'found', 'values' => [self::SHOP]], $seen['www']['dns']['CNAME']);
    }

    public function testNameServersBehindAnAliasAreNotTheHostsOwn(): void
    {
        $world = new World(
            [self::WWW => ['CNAME' => [self::SHOP]], self::SHOP => ['A' => [World::ELSEWHERE]]],
            ['zones' => ['example' => ['servers' => ['127.0.1.1']], self::SHOP => ['servers' => ['127.0.1.2']]]]
        );
        // As a customer writes it: www is mapped, and an alias of the bare domain, which has name servers of its own.
        $seen = self::look([['host' => self::WWW], ['host' => self::SHOP]], [World::ELSEWHERE])['seen'];

        self::assertSame(['found', 'found'], [$seen[self::WWW]['dns']['CNAME']['outcome'], $seen[self::SHOP]['dns']['NS']['outcome']]);
        self::assertSame('none', $seen[self::WWW]['dns']['NS']['outcome']);
    }

    public function testACaaRecordThatForbidsIsSeen(): void
    {
        $world = new World(
            [self::SHOP => ['A' => [World::HERE], 'CAA' => ['0 issue ca.example']]],
            ['certificates' => [self::SHOP => 'expired']]
        );
        $seen = self::look([['host' => self::SHOP]])['seen'][self::SHOP];

        self::assertSame(['served', 'expired', 'caa-forbids'], [$seen['domain'], $seen['tls']['verdict'], $seen['certificate']]);
    }

    public function testOfSeveralServersTheWorstCertificateCounts(): void
    {
        $world = new World([self::SHOP => ['A' => [World::HERE, '127.0.0.2']]], ['certificates' => [self::SHOP => 'staging']]);
        $seen = self::look([['host' => self::SHOP]], [World::HERE, '127.0.0.2'])['seen'][self::SHOP];
        self::assertSame('staging', $seen['tls']['verdict']);

        // Nobody is at 127.0.1.1's port for TLS, so its visitors get none; our server has one all the same.
        $world->change([self::SHOP => ['A' => [World::HERE, '127.0.1.1']]]);
        $seen = self::look([['host' => self::SHOP]], [World::HERE, '127.0.1.1'])['seen'][self::SHOP];
        self::assertSame(['none', 'trusted'], [$seen['tls']['verdict'], $seen['tls_here']['verdict']]);
    }

    public function testAClosedPortIsTheHostsAndTimeThatRanOutIsOurs(): void
    {
        $world = new World([self::SHOP => '127.0.1.1', 'slow.example' => World::ELSEWHERE], ['pages' => ['slow.example/*' => ['how' => 'hang']]]);
        $seen = self::look([['host' => self::SHOP], ['host' => 'slow.example']], [], ['deadline' => 2.0])['seen'];

        self::assertSame(['refused', 'port-80-closed'], [$seen[self::SHOP]['http'][0]['error'], $seen[self::SHOP]['domain']]);
        self::assertSame(['late', 'not-looked'], [$seen['slow.example']['http'][0]['error'], $seen['slow.example']['domain']]);
    }

    public function testAWildcardIsServedUnderNamesBelowIt(): void
    {
        $world = new World(['any-name-below-the-wildcard.shop.example' => World::ELSEWHERE]);
        $seen = self::look([['host' => '*.shop.example']], [World::ELSEWHERE])['seen']['*.shop.example'];

        self::assertSame(['http://*.shop.example' . self::path(), 'another-server'], [$seen['http'][0]['url'], $seen['domain']]);
    }

    public function testWhereTheMainHostFailsNobodyIsBlamed(): void
    {
        $main = Environment::get()->networkDomain();
        $world = new World([$main => World::ELSEWHERE, self::SHOP => World::ELSEWHERE], ['certificates' => [$main => 'expired']]);
        $told = self::look([['host' => self::SHOP]], []);
        self::assertSame([['http', 'tls'], 'network-unreachable'], [$told['main']['fails_in'], $told['seen'][self::SHOP]['domain']]);

        $world->change([$main => ['A' => []]]);
        $told = self::look([['host' => self::SHOP]]);
        self::assertSame([['dns', 'http', 'tls'], 'network-unreachable'], [$told['main']['fails_in'], $told['seen'][self::SHOP]['domain']]);
    }

    public function testWhereNobodyAnswersNothingIsSaidOfAHostAndItTakesNoTime(): void
    {
        $before = microtime(true);
        $told = self::look([['host' => self::SHOP], ['host' => 'other.example', 'www' => true]]);

        self::assertLessThan(2.0, microtime(true) - $before);
        self::assertSame(['dns', 'http', 'tls'], $told['main']['fails_in']);
        self::assertSame(['network-unreachable'], array_unique(array_column($told['seen'], 'domain')));
    }

    public function testWithoutTimeNothingWasLookedAt(): void
    {
        $world = new World([self::SHOP => World::HERE], ['delay_ms' => 400]);
        foreach ([0.1, -1.0, NAN] as $deadline) {
            $told = self::look([['host' => self::SHOP]], [World::HERE], ['deadline' => is_nan($deadline) ? 0 : $deadline]);
            self::assertSame(['late', 'late'], [$told['seen'][self::SHOP]['dns']['A']['outcome'], $told['seen'][self::SHOP]['tls_here']['verdict']]);
        }
    }

    public function testWhatCannotBeAHostWasNotLookedAt(): void
    {
        $world = new World([self::SHOP => World::HERE]);
        $told = self::look([['host' => 'no host'], ['host' => self::SHOP]], [World::HERE, 'nonsense', ...array_fill(0, 12, self::ALIEN)]);

        self::assertSame([[], 'not-looked'], [$told['seen']['no host']['dns'], $told['seen']['no host']['domain']]);
        self::assertSame('served', $told['seen'][self::SHOP]['domain']);
        self::assertNotContains('nonsense', $told['seen'][self::SHOP]['expected']);
    }

    public function testASettingThatCannotBeUsedIsSaidAndNothingWasLookedAt(): void
    {
        $file = Environment::get()->worldAuthority();
        rename($file, "{$file}.away");
        try {
            $told = self::look([['host' => self::SHOP, 'www' => true]]);
        } finally {
            rename("{$file}.away", $file);
        }

        self::assertStringContainsString('runcloud.inspect_world', $told['error']);
        $seen = $told['seen'][self::SHOP];
        self::assertSame([[], [], 'late'], [$seen['dns'], $seen['http'], $seen['tls']['verdict'] ?? 'late']);
        self::assertSame([self::WWW, []], [$told['seen'][self::SHOP]['www']['host'], $told['seen'][self::SHOP]['www']['dns']]);
    }

    public function testARunnerWithoutTheExtensionSaysSoAndBlamesNobody(): void
    {
        // Both share the compiled files, in which the extension's functions are taken for granted.
        self::look([['host' => self::SHOP]]);
        self::age(90000);
        $before = self::files();
        $told = WordPress::run(self::LOOK, self::arguments([['host' => self::SHOP]], [World::HERE]), Kind::Cli, ['extension' => false]);

        self::assertNotSame('', $told['error']);
        self::assertSame([null, []], [$told['main'], $told['seen'][self::SHOP]['dns']]);
        self::assertSame([], array_diff(self::files(), $before), 'A file was made for nothing.');
    }

    public function testWithoutAFileToAskForTheRestIsStillLookedAt(): void
    {
        $world = new World([self::SHOP => World::HERE]);
        $before = 'add_filter("upload_dir", static fn (array $at): array => ["basedir" => "/proc/none"] + $at);';
        $told = self::look([['host' => self::SHOP]], [World::HERE], ['before' => $before]);

        $seen = $told['seen'][self::SHOP];
        self::assertStringContainsString('uploads', $told['error']);
        self::assertSame([false, [], 'trusted'], [$seen['nonce'], $seen['http'], $seen['tls']['verdict']]);
        self::assertSame([['http'], 'network-unreachable'], [$told['main']['fails_in'], $seen['domain']]);
        self::assertFalse(WordPress::run('return get_network_option(null, "domain_sync_nonce");'));
    }

    public function testAnOptionThatCannotBeWrittenLeavesNoFileBehind(): void
    {
        $before = 'add_filter("query", static fn (string $sql): string
            => preg_match("/^(INSERT|UPDATE).*sitemeta/s", $sql) ? "SELECT nothing FROM nowhere" : $sql);';
        $told = self::look([['host' => self::SHOP]], [World::HERE], ['before' => $before]);

        self::assertStringContainsString('option', $told['error']);
        self::assertSame([], self::files());
    }

    public function testAFolderWithLettersOutsideAsciiIsAskedForAsABrowserWritesIt(): void
    {
        $world = new World([self::SHOP => World::HERE]);
        $before = 'add_filter("upload_dir", static fn (array $at): array
            => ["basedir" => $at["basedir"] . "/\u{fc}ber uns", "baseurl" => $at["baseurl"] . "/\u{fc}ber uns"] + $at);';
        $seen = self::look([['host' => self::SHOP]], [World::HERE], ['before' => $before])['seen'][self::SHOP];

        self::assertTrue($seen['nonce']);
        self::assertStringContainsString('/%C3%BCber%20uns/', $seen['http'][0]['url']);
    }

    public function testTheNonceStaysForADayAndIsThenRenewed(): void
    {
        $world = new World([self::SHOP => World::HERE]);
        [$path, $content] = self::nonce();
        self::assertSame([$path, $content], self::nonce());
        self::age(86000);
        self::assertSame([$path, $content], self::nonce());
        self::age(500);
        $old = self::files()[0];
        $orphan = substr($old, 0, -5) . (str_ends_with($old, '0.txt') ? '1' : '0') . '.txt';
        file_put_contents($orphan, 'of a process that renewed it at the same time');
        touch($orphan, time() - 90000);
        $seen = self::look([['host' => self::SHOP]])['seen'][self::SHOP];

        self::assertTrue($seen['nonce']);
        [$new_path, $new_content] = self::nonce();
        self::assertSame([true, true], [$new_path !== $path, $new_content !== $content]);
        self::assertSame([Environment::get()->site() . $new_path], self::files());
        self::assertSame(404, WordPress::request($path)[0]);
    }

    public function testANonceWhoseFileWasLostOrChangedIsRenewed(): void
    {
        [$path] = self::nonce();
        unlink(self::files()[0]);
        [$second, $content] = self::nonce();
        file_put_contents(self::files()[0], 'something else');
        [$third] = self::nonce();

        self::assertCount(3, array_unique([$path, $second, $third]));
        self::assertCount(1, self::files());
    }

    public function testANonceThatVanishesWhileOneLooksSpeaksAgainstNobody(): void
    {
        $world = new World([self::SHOP => World::HERE]);
        // The file is there before the option.
        $before = 'add_filter("query", static function (string $sql): string {
            if (preg_match("/^INSERT.*domain_sync_nonce/s", $sql)) {
                array_map("unlink", glob(wp_upload_dir()["basedir"] . "/domain-sync-*.txt"));
            }
            return $sql;
        });';
        $seen = self::look([['host' => self::SHOP]], [World::HERE], ['before' => $before])['seen'][self::SHOP];

        self::assertSame([false, [], 'network-unreachable'], [$seen['nonce'], $seen['http'], $seen['domain']]);
    }

    public function testTheFileIsReadableForTheWebServerAndItsNameIsNoPartOfItsContent(): void
    {
        [$path, $content] = self::nonce(['before' => 'umask(0077);']);

        self::assertMatchesRegularExpression('~^/wp-content/uploads/domain-sync-[0-9a-f]{32}\.txt$~', $path);
        self::assertMatchesRegularExpression('/^[0-9a-f]{64}$/', $content);
        self::assertSame(0644, fileperms(self::files()[0]) & 0777);
        self::assertSame([200, $content], array_slice(WordPress::request($path, [], 'unheard-of.example'), 0, 2));
    }

    public function testTheNonceIsTheMainSitesWhicheverSiteLooks(): void
    {
        [$path] = self::nonce();
        $site = $this->network->newSite('branch');
        $world = new World([self::SHOP => World::HERE]);
        $told = self::look([['host' => self::SHOP]], [World::HERE], ['before' => "switch_to_blog({$site});"]);

        $seen = $told['seen'][self::SHOP];
        self::assertSame(['http://' . self::SHOP . $path, 'served'], [$seen['http'][0]['url'], $seen['domain']]);
    }

    public function testNothingOfTheNonceIsLeftWhenThePluginGoes(): void
    {
        self::nonce();
        file_put_contents(self::files()[0] . '.new', 'half');
        file_put_contents(Environment::get()->site() . '/wp-content/uploads/domain-sync-notes.txt', 'of somebody else');
        WordPress::run('Domain_Sync_For_RunCloud\Serving\Probe::forget();');

        self::assertSame(['domain-sync-notes.txt'], array_map('basename', glob(Environment::get()->site() . '/wp-content/uploads/domain-sync-*')));
        self::assertFalse(WordPress::run('return get_network_option(null, "domain_sync_nonce");'));
    }

    /**
     * @param list<array<string, mixed>> $rows      Properties of rows.
     * @param list<string>               $addresses What the panel would have DNS hold.
     * @param array<string, mixed>       $more      "deadline"; "before": code that runs before the look.
     *
     * @return array<string, mixed>
     */
    private static function look(array $rows, array $addresses = [World::HERE], array $more = []): array
    {
        return WordPress::run(self::LOOK, self::arguments($rows, $addresses, $more));
    }

    /** @return array<string, mixed> */
    private static function arguments(array $rows, array $addresses, array $more = []): array
    {
        return $more + ['rows' => $rows, 'addresses' => $addresses, 'before' => ''];
    }

    /**
     * The nonce, made if there is none.
     *
     * @param array<string, mixed> $more As for look().
     *
     * @return array{string, string} Path and content.
     */
    private static function nonce(array $more = []): array
    {
        self::look([], [], $more);
        $file = self::files()[0];

        return [substr($file, strlen(Environment::get()->site())), file_get_contents($file)];
    }

    private static function path(): string
    {
        return substr(self::files()[0], strlen(Environment::get()->site()));
    }

    /** @return list<string> Files of nonces. */
    private static function files(): array
    {
        return glob(Environment::get()->site() . '/wp-content/uploads/domain-sync-*');
    }

    private static function age(int $seconds): void
    {
        WordPress::run(
            '$nonce = get_network_option(null, "domain_sync_nonce");
            update_network_option(null, "domain_sync_nonce", ["time" => $nonce["time"] - $seconds] + $nonce);',
            ['seconds' => $seconds]
        );
    }
}
