<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\Kind;
use RunCloud\Test\WordPress\Support\NetworkTestCase;
use RunCloud\Test\WordPress\Support\ProcessDied;
use RunCloud\Test\WordPress\Support\WordPress;

/**
 * The mail to the network's admin: one when something has needed somebody for a day, never a flood, and one when all is well again.
 */
final class MailTest extends NetworkTestCase
{
    private const SHOP = 'shop.example';
    private const HOUR = 3600;
    private const DAY = 86400;
    private const PLUGIN = 'domain-sync-for-runcloud/domain-sync-for-runcloud.php';
    private const RUN = 'do_action("domain_sync_run");';
    private const DETAILS = ['message' => 'The name is bad.'];

    /** "भारत.example" and "বাংলা.example". */
    private const HINDI = 'xn--h2brj9c.example';
    private const BENGALI = 'xn--54b7fta0cc.example';

    protected function setUp(): void
    {
        parent::setUp();
        $this->mails();
        WordPress::run(
            'update_network_option(null, "admin_email", "admin@network.example"); update_network_option(null, "site_name", "Shops & more");'
        );
    }

    protected function tearDown(): void
    {
        array_map('unlink', glob(Environment::get()->site() . '/wp-content/languages/plugins/domain-sync-for-runcloud-*'));
        array_map('unlink', glob(Environment::get()->site() . '/wp-content/languages/{hi_IN,bn_BD}.mo', GLOB_BRACE));
        parent::tearDown();
    }

    public function testADomainThatNeedsSomebodyForADayIsSaidOnceAndThatAllIsWellOnce(): void
    {
        $this->need([self::SHOP], 23 * self::HOUR + 1800);
        self::assertSame([], $this->afterAnHour(0));
        $mails = $this->afterAnHour();
        self::assertCount(1, $mails);
        self::assertSame(['admin@network.example'], $mails[0]['to']);
        self::assertSame('[Shops & more] Domain Sync for RunCloud: something needs you', $mails[0]['subject']);
        self::assertSame(
            "This has needed somebody for more than 24 hours on the network Shops & more.\n\nshop.example\n"
            . "RunCloud refused the domain: The name is bad.\nPut right what RunCloud says, then press \"Try again\".\n\n"
            . "Where to look:\nhttp://network.example/wp-admin/network/\nwp domain-sync status\n\n"
            . 'No other mail comes about this for as long as it lasts. What is new comes in one mail a day at most. '
            . "When all is well again a mail says so.\n"
            . "After how many hours a mail comes (0: never) is set with: wp domain-sync settings mail_after\n",
            $mails[0]['message']
        );
        for ($day = 0; $day < 8; $day++) {
            self::assertSame([], $this->afterAnHour(self::DAY));
        }
        $this->mend(self::SHOP);
        self::assertSame([], $this->afterAnHour(), 'A second look is to see the same');
        $mails = $this->afterAnHour();
        self::assertSame(['[Shops & more] Domain Sync for RunCloud: all is well again'], array_column($mails, 'subject'));
        self::assertStringContainsString('All is well again: no domain, no certificate and nothing else needs somebody', $mails[0]['message']);
        self::assertSame([], $this->afterAnHour(self::DAY));
    }

    public function testACertificateThatNeedsSomebodyIsSaid(): void
    {
        $this->need([self::SHOP], self::DAY, 'certificate', 'caa-forbids');
        [$mail] = $this->afterAnHour();
        self::assertStringContainsString("\n\nshop.example\n" . $this->network->sentence(self::SHOP, 'certificate')[0], $mail['message']);
    }

    public function testThePlanIsSaidByItsHeadlineAndNotHostByHost(): void
    {
        $this->need([self::SHOP], self::DAY, 'domain', 'existing');
        Environment::get()->sql("UPDATE wp_domain_sync_domains SET hold = 'existing'");
        [$mail] = $this->afterAnHour();
        self::assertStringContainsString("Nothing was changed. Review the plan.\nwp domain-sync plan\n", $mail['message']);
        self::assertStringNotContainsString('shop.example', $mail['message']);
        self::assertSame([], $this->afterAnHour(2 * self::DAY));
    }

    /** @return array<string, array{int, string}> */
    public static function blocks(): array
    {
        return [
            'a refused token' => [401, 'RunCloud does not accept the token.'],
            'a web application that is gone' => [404, 'RunCloud knows no such'],
        ];
    }

    /** @dataProvider blocks */
    public function testAConnectionThatSomebodyMustMendIsSaidOnceWithoutTheHostsThatWaitForIt(int $status, string $sentence): void
    {
        $body = $status === 404 ? ['body' => ['message' => 'No query results for model [App\\Server] 1001']] : [];
        $this->panel->simulator->fault('status', ['status' => $status] + $body);
        foreach (['one.example', 'two.example', 'three.example', 'four.example'] as $host) {
            $this->network->map($host);
        }
        $mails = $this->hours(30);
        self::assertCount(1, $mails);
        self::assertSame(1, substr_count($mails[0]['message'], $sentence));
        self::assertStringNotContainsString('.example' . "\nRunCloud", $mails[0]['message']);
        self::assertStringNotContainsString('test-token', json_encode($mails));

        $this->panel->simulator->clearFaults();
        WordPress::run('Domain_Sync_For_RunCloud\\Panel\\Limits::end_all(); Domain_Sync_For_RunCloud\\Store\\Domain_List::retry_failed();');
        WordPress::run(self::RUN);
        $mails = [...$this->afterAnHour(), ...$this->afterAnHour()];
        self::assertSame(['[Shops & more] Domain Sync for RunCloud: all is well again'], array_column($mails, 'subject'));
    }

    public function testAMonthsRequestsThatAreSpentAreSaid(): void
    {
        WordPress::run('Domain_Sync_For_RunCloud\\Settings::set("monthly_quota", 1);');
        $this->network->map('one.example');
        $this->network->map('two.example');
        $mails = $this->hours(30);
        self::assertCount(1, $mails);
        self::assertStringContainsString('Raise the quota at RunCloud if it cannot wait.', $mails[0]['message']);
    }

    public function testARunnerWithoutTheExtensionSaysSoItself(): void
    {
        WordPress::run('update_network_option(null, "test_handovers_are_lost", 1);');
        $this->network->map(self::SHOP);
        for ($hour = 0; $hour < 27; $hour++) {
            WordPress::run('do_action("action_scheduler_before_process_queue");', [], Kind::Cli, ['extension' => false]);
            $this->network->letTimePass(self::HOUR);
        }
        $mails = $this->mails();
        self::assertCount(1, $mails);
        self::assertStringContainsString('has not loaded the extension "runcloud"', $mails[0]['message']);
        self::assertStringContainsString("\ncli, ", $mails[0]['message']);
        self::assertStringContainsString('does not arrive', $mails[0]['message']);
    }

    public function testAThousandHostsAreOneMailAndFewStatements(): void
    {
        $this->need(array_map(static fn (int $n): string => "host{$n}.example", range(1, 1000)), self::DAY);
        $statements = $this->statements();
        $mails = $this->mails();
        self::assertCount(1, $mails);
        self::assertSame(20, preg_match_all('~^host\d+\.example$~m', $mails[0]['message']));
        self::assertStringContainsString("\n\nand 980 more.\nwp domain-sync list --status=action\n", $mails[0]['message']);
        self::assertLessThanOrEqual(25, $statements);
        $this->network->letTimePass(self::HOUR);
        self::assertLessThanOrEqual(10, $this->statements(), 'A look');
        self::assertSame(1, $this->statements(), 'A run of the same hour');
    }

    public function testWhatIsNewComesFirstAndInOneMailADay(): void
    {
        $this->need([self::SHOP], self::DAY);
        self::assertCount(1, $this->afterAnHour());
        $mails = [];
        for ($hour = 0; $hour < 72; $hour++) {
            $this->need(["new{$hour}.example"], self::DAY - 1800);
            array_push($mails, ...$this->afterAnHour());
        }
        self::assertLessThanOrEqual(3, count($mails));
        self::assertGreaterThanOrEqual(2, count($mails));
        self::assertMatchesRegularExpression('~^new\d+\.example$~m', $mails[0]['message']);
        self::assertLessThan(strpos($mails[0]['message'] . "\n" . self::SHOP, self::SHOP), strpos($mails[0]['message'], 'new'));
    }

    public function testTheTimeCanBeSetAndWithNoneNoMailGoes(): void
    {
        $this->need([self::SHOP], 100 * self::HOUR);
        $this->set(0);
        self::assertSame([], $this->afterAnHour());
        $this->set(200);
        self::assertSame([], $this->afterAnHour());
        $this->set(48);
        [$mail] = $this->afterAnHour();
        self::assertStringContainsString('for more than 48 hours', $mail['message']);
    }

    public function testWhoGetsItCanBeFiltered(): void
    {
        $this->need([self::SHOP], self::DAY);
        $filter = 'add_filter("domain_sync_mail_recipients",
            fn ($to, $mail) => $to === ["admin@network.example"] && $mail === "needs" ? $other : [], 10, 2);';
        WordPress::run($filter . self::RUN, ['other' => []]);
        WordPress::run($filter . self::RUN, ['other' => ['nobody', 5]]);
        self::assertSame([], $this->mails());
        $this->network->letTimePass(self::HOUR);
        WordPress::run($filter . self::RUN, ['other' => ['a@shops.example', 'b@shops.example']]);
        self::assertSame([['a@shops.example', 'b@shops.example']], array_column($this->mails(), 'to'));
    }

    public function testAFilterThatThrowsSendsItToTheAdmin(): void
    {
        $this->need([self::SHOP], self::DAY);
        WordPress::run('add_filter("domain_sync_mail_recipients", function () { throw new LogicException("a filter"); });' . self::RUN);
        self::assertSame([['admin@network.example']], array_column($this->mails(), 'to'));
    }

    /** @return array<string, array{string}> Code that makes sending fail. */
    public static function failures(): array
    {
        return [
            'it says that it failed' => ['add_filter("pre_wp_mail", fn () => false);'],
            'it throws' => ['add_filter("pre_wp_mail", function () { throw new LogicException("secret@example.com"); });'],
            'PHPMailer finds no sendmail' => ['remove_all_filters("pre_wp_mail");
                add_action("phpmailer_init", function ($mailer) { $mailer->isSendmail(); $mailer->Sendmail = "/nowhere/sendmail"; });'],
        ];
    }

    /** @dataProvider failures */
    public function testAMailThatCannotBeSentStopsNothingAndIsTriedAgain(string $failure): void
    {
        $this->need([self::SHOP], self::DAY);
        $this->network->map('more.example');
        WordPress::run($failure . self::RUN);
        self::assertContains('more.example', $this->panel->hosts());
        self::assertStringContainsString('could not be sent; it is tried again later.', $this->network->log());
        self::assertStringNotContainsString('secret@', $this->network->log());
        $this->mails();
        $tries = 0;
        for ($hour = 0; $hour < 24; $hour++) {
            $this->network->letTimePass(self::HOUR);
            $tries += WordPress::run(
                '$tries = 0; add_filter("pre_wp_mail", function () use (&$tries) { $tries++; return false; });' . self::RUN . 'return $tries;'
            );
        }
        self::assertLessThanOrEqual(5, $tries);
        self::assertGreaterThanOrEqual(3, $tries);
        $this->mails();
        self::assertCount(1, $this->afterAnHour(self::DAY));
        self::assertSame([], $this->afterAnHour(self::DAY));
    }

    public function testAMailWhoseProcessDiesIsSaidAgainTheNextDay(): void
    {
        $this->need([self::SHOP], self::DAY);
        try {
            WordPress::run('add_filter("pre_wp_mail", fn () => posix_kill(getmypid(), 9));' . self::RUN, [], Kind::Cli);
            self::fail('It lives');
        } catch (ProcessDied) {
            self::assertSame([], $this->mails());
        }
        self::assertSame([], $this->afterAnHour());
        self::assertCount(1, $this->afterAnHour(self::DAY));
        self::assertSame([], $this->afterAnHour(self::DAY));
    }

    public function testOfTwoProcessesOneSendsIt(): void
    {
        $this->need([self::SHOP], self::DAY);
        // Both have read that none has gone before either claims it.
        $gate = Environment::get()->path('gate');
        array_map('unlink', glob("{$gate}*"));
        $code = 'add_filter("query", function ($sql) use ($gate, $n) {
                if (str_contains($sql, "AS any_needs")) {
                    touch("$gate.$n");
                    for ($end = time() + 20; time() < $end && !(is_file("$gate.0") && is_file("$gate.1")); clearstatcache()) { usleep(500); }
                }
                return $sql;
            });
            Domain_Sync_For_RunCloud\\Admin\\Mail::send_if_due();';
        $processes = array_map(static fn (int $n) => WordPress::start($code, ['gate' => $gate, 'n' => $n]), [0, 1]);
        foreach ($processes as $process) {
            $process->answer();
        }
        self::assertFileExists("{$gate}.1");
        self::assertCount(1, $this->mails());
        self::assertSame([], $this->afterAnHour(self::DAY));
    }

    public function testAClockThatWasAheadSaysNothingTwiceAndDelaysNothing(): void
    {
        $this->need([self::SHOP], self::DAY);
        self::assertCount(1, $this->afterAnHour());
        // The clock is put right: what was written, and what came, lies ahead.
        $this->need(['new.example'], 0);
        WordPress::run('test_clock_let_time_pass(-$seconds);', ['seconds' => 300 * self::DAY]);
        self::assertSame([], $this->afterAnHour(0));
        self::assertSame([], $this->afterAnHour(2 * self::HOUR));
        self::assertSame([], $this->afterAnHour(20 * self::HOUR));
        self::assertCount(1, $this->afterAnHour(4 * self::HOUR));
        self::assertSame([], $this->afterAnHour(2 * self::DAY));
    }

    public function testSwitchedOffAndOnThePluginSaysNothingTwice(): void
    {
        $this->need([self::SHOP], self::DAY);
        self::assertCount(1, $this->afterAnHour());
        WordPress::run(
            'require_once ABSPATH . "wp-admin/includes/plugin.php"; deactivate_plugins($plugin, false, true); activate_plugin($plugin, "", true);',
            ['plugin' => self::PLUGIN],
            Kind::Ajax,
            ['user' => WordPress::ADMIN]
        );
        self::assertSame([], preg_grep('~shop\.example~', array_column($this->afterAnHour(2 * self::DAY), 'message')));
    }

    public function testACopyOfTheNetworkSendsNoMail(): void
    {
        $this->need([self::SHOP], self::DAY);
        Environment::get()->sql("UPDATE wp_sitemeta SET meta_value = MD5('production.example') WHERE meta_key = 'domain_sync_network'");
        self::assertSame([], $this->afterAnHour());
        WordPress::run('Domain_Sync_For_RunCloud\\Admin\\Mail::send_if_due();');
        self::assertSame([], $this->mails());
    }

    public function testAnotherSiteSendsNoMail(): void
    {
        $this->need([self::SHOP], self::DAY);
        $this->network->newSite('two');
        WordPress::run('Domain_Sync_For_RunCloud\\Admin\\Mail::send_if_due();', [], Kind::Cli, ['host' => 'two.network.example']);
        self::assertSame([], $this->mails());
    }

    public function testHostsAreReadable(): void
    {
        $this->need([self::HINDI, self::BENGALI], self::DAY, details: ['message' => "नाम ठीक नहीं है\u{202E}\r\nBcc: x@example.com"]);
        [$mail] = $this->afterAnHour();
        $refused = "RunCloud refused the domain: नाम ठीक नहीं है Bcc: x@example.com\n";
        self::assertStringContainsString("\nभारत.example (xn--h2brj9c.example)\n{$refused}", $mail['message']);
        self::assertStringContainsString("\nবাংলা.example (xn--54b7fta0cc.example)\n", $mail['message']);
    }

    public function testWhatIsToBeSetAsTxtIsNotSaid(): void
    {
        $this->need([self::SHOP], self::DAY, 'domain', 'ownership', ['record' => '_domain-sync.shop.example TXT 5ecret', 'value' => '5ecret']);
        Environment::get()->sql("UPDATE wp_domain_sync_domains SET hold = 'ownership'");
        [$mail] = $this->afterAnHour();
        self::assertStringContainsString('set the TXT record _domain-sync.shop.example, or approve', $mail['message']);
        self::assertStringNotContainsString('5ecret', json_encode($mail));
    }

    public function testItIsInTheLanguageOfWhoReadsIt(): void
    {
        $this->translate('hi_IN', 'कुछ आपका ध्यान चाहता है', 'RunCloud ने डोमेन अस्वीकार किया: {message}');
        $this->translate('bn_BD', 'কিছু আপনার মনোযোগ চায়', 'RunCloud ডোমেইন প্রত্যাখ্যান করেছে: {message}');
        $this->need([self::HINDI], self::DAY, details: ['message' => 'नहीं']);
        WordPress::run('update_network_option(null, "admin_email", "owner@shops.example");');
        // The network's language, though who opened the page has another one.
        Environment::get()->sql("DELETE FROM wp_sitemeta WHERE meta_key = 'WPLANG'");
        Environment::get()->sql("INSERT INTO wp_sitemeta (site_id, meta_key, meta_value) VALUES (1, 'WPLANG', 'hi_IN')");
        Environment::get()->flushObjectCache();
        $mail = $this->realMail('update_user_meta(1, "locale", "bn_BD"); $text = fn () => __("[%s] Domain Sync for RunCloud: something needs you",
            "domain-sync-for-runcloud"); $before = $text();' . self::RUN . 'return [$before, $text()];', Kind::Ajax, WordPress::ADMIN);
        self::assertStringContainsString('কিছু আপনার মনোযোগ চায়', $mail['returned'][0], 'The page is in the language of who opened it');
        self::assertSame($mail['returned'][0], $mail['returned'][1], 'The process has its language back');
        self::assertStringContainsString('कुछ आपका ध्यान चाहता है', $mail['subject']);
        self::assertStringContainsString("\nRunCloud ने डोमेन अस्वीकार किया: नहीं\n", $mail['message']);
        self::assertMatchesRegularExpression('~^Content-Type: text/plain; charset=UTF-8\r?$~mi', $mail['head']);

        // The language of the user with that address.
        $this->need(['new.example'], self::DAY - self::HOUR);
        WordPress::run(
            'wp_insert_user(["user_login" => "bengali", "user_pass" => "x", "user_email" => "owner@shops.example", "locale" => "bn_BD"]);'
        );
        $this->network->letTimePass(2 * self::DAY);
        $mail = $this->realMail(self::RUN);
        self::assertStringContainsString('কিছু আপনার মনোযোগ চায়', $mail['subject']);
        self::assertStringContainsString("\nRunCloud ডোমেইন প্রত্যাখ্যান করেছে:", $mail['message']);
    }

    public function testUninstallingForgetsIt(): void
    {
        $this->need([self::SHOP], self::DAY);
        self::assertCount(1, $this->afterAnHour());
        WordPress::run('Domain_Sync_For_RunCloud\\Lifecycle::uninstall();');
        self::assertSame([], Environment::get()->sql("SELECT * FROM wp_sitemeta WHERE meta_key = 'domain_sync_mail'"));
    }

    /**
     * Hosts need somebody.
     *
     * @param list<string>         $hosts
     * @param array<string, mixed> $details
     */
    private function need(
        array $hosts,
        int $seconds,
        string $of = 'domain',
        string $reason = 'refused',
        array $details = self::DETAILS
    ): void {
        $since = "UTC_TIMESTAMP() - INTERVAL {$seconds} SECOND";
        $status = $of === 'domain' ? "'action', '{$reason}', 'pending', ''" : "'ready', 'served', 'action', '{$reason}'";
        $details = addslashes(json_encode([$of => $details]));
        $values = "1, 'code', 'absent', {$status}, {$since}, {$since}, '{$details}', UTC_TIMESTAMP()";
        $rows = array_map(static fn (string $host): string => "('{$host}', {$values})", $hosts);
        WordPress::run('Domain_Sync_For_RunCloud\\Store\\Table::upgrade();');
        Environment::get()->sql('INSERT INTO wp_domain_sync_domains (host, site_id, source, remote_state, domain_status, domain_reason,
            certificate_status, certificate_reason, domain_since, certificate_since, details, desired_since) VALUES ' . implode(', ', $rows));
    }

    private function mend(string $host): void
    {
        Environment::get()->sql("UPDATE wp_domain_sync_domains SET domain_status = 'ready', domain_reason = 'served', domain_since = UTC_TIMESTAMP()
            WHERE host = '{$host}'");
    }

    private function set(int $hours): void
    {
        self::assertSame('', WordPress::run('return Domain_Sync_For_RunCloud\\Settings::set("mail_after", $hours);', ['hours' => $hours]));
    }

    /** @return list<array<string, mixed>> Mails of a run after that time. */
    private function afterAnHour(int $seconds = self::HOUR): array
    {
        if ($seconds > 0) {
            $this->network->letTimePass($seconds);
        }
        $this->network->runQueue();
        WordPress::run(self::RUN);

        return $this->mails();
    }

    /** @return list<array<string, mixed>> Mails of a run in each of so many hours. */
    private function hours(int $number): array
    {
        WordPress::run(
            'for ($hour = 0; $hour < $number; $hour++) { test_clock_let_time_pass(3600);' . self::RUN . '}',
            ['number' => $number],
            Kind::Cli
        );

        return $this->mails();
    }

    /** @return list<array<string, mixed>> Mails since it was last asked. */
    private function mails(): array
    {
        $file = Environment::get()->path('mails.log');
        $lines = is_file($file) ? file($file, FILE_IGNORE_NEW_LINES) : [];
        @unlink($file);
        $mails = array_map(static fn (string $line): array => json_decode($line, true), $lines);

        return array_values(array_filter($mails, static fn (array $mail): bool => str_contains($mail['subject'], '] Domain Sync for RunCloud: ')));
    }

    /** How many statements the mail takes. */
    private function statements(): int
    {
        return WordPress::run(
            '$count = 0;
            add_filter("query", function ($sql) use (&$count) {
                $count += (int) str_contains($GLOBALS["wpdb"]->get_caller(), "Domain_Sync_For_RunCloud\\\\Admin\\\\Mail");
                return $sql;
            });' . self::RUN . 'return $count;'
        );
    }

    /**
     * What a sendmail of our own is given by WordPress's real wp_mail().
     *
     * @return array{returned: mixed, head: string, subject: string, message: string}
     */
    private function realMail(string $code, Kind $kind = Kind::FrontEnd, int $user = 0): array
    {
        $file = Environment::get()->path('mail.eml');
        $program = Environment::get()->path('sendmail');
        @unlink($file);
        file_put_contents($program, "#!/bin/sh\nexec cat >" . escapeshellarg($file) . "\n");
        chmod($program, 0755);
        $returned = WordPress::run(
            'remove_all_filters("pre_wp_mail");
            add_action("phpmailer_init", function ($mailer) use ($program) { $mailer->isSendmail(); $mailer->Sendmail = $program; });' . $code,
            ['program' => $program],
            $kind,
            ['user' => $user]
        );
        [$head, $body] = preg_split('~\r?\n\r?\n~', (string) file_get_contents($file), 2);
        preg_match('~^Subject: (.+(?:\r?\n[ \t].+)*)~m', $head, $subject);
        $body = match (true) {
            (bool) preg_match('~^Content-Transfer-Encoding: base64~mi', $head) => base64_decode($body),
            (bool) preg_match('~^Content-Transfer-Encoding: quoted-printable~mi', $head) => quoted_printable_decode($body),
            default => $body,
        };

        $subject = iconv_mime_decode($subject[1], 0, 'UTF-8');

        return ['returned' => $returned, 'head' => $head, 'subject' => $subject, 'message' => str_replace("\r\n", "\n", $body)];
    }

    private function translate(string $locale, string $subject, string $sentence): void
    {
        WordPress::run(
            'require_once ABSPATH . WPINC . "/pomo/mo.php";
            wp_mkdir_p(WP_LANG_DIR . "/plugins");
            (new MO())->export_to_file(WP_LANG_DIR . "/$locale.mo");
            $mo = new MO();
            $mo->set_header("Plural-Forms", "nplurals=2; plural=(n != 1);");
            $title = "[%s] Domain Sync for RunCloud: ";
            $mo->add_entry(["singular" => "{$title}something needs you", "translations" => [$title . $subject]]);
            $mo->add_entry(["singular" => "RunCloud refused the domain: {message}", "translations" => [$sentence]]);
            $mo->export_to_file(WP_LANG_DIR . "/plugins/domain-sync-for-runcloud-$locale.mo");',
            ['locale' => $locale, 'subject' => $subject, 'sentence' => $sentence]
        );
    }
}
