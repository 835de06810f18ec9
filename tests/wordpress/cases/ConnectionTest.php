<?php

declare(strict_types=1);

namespace RunCloud\Test\WordPress;

use RunCloud\Test\WordPress\Support\Browser;
use RunCloud\Test\WordPress\Support\Environment;
use RunCloud\Test\WordPress\Support\NetworkTestCase;

/**
 * "Test connection" of Ultimate Multisite's wizard, asked the way its page asks.
 */
final class ConnectionTest extends NetworkTestCase
{
    protected function setUp(): void
    {
        parent::setUp();
        $this->setRootPath(Environment::get()->site());
    }

    /** @dataProvider integrations */
    public function testWhenAllIsWellTheAnswerIsYes(string $integrations): void
    {
        $this->withIntegrations($integrations);
        self::assertSame(true, $this->answer()['success']);
        self::assertSame(['GET ping', 'GET servers/1001', 'GET ', 'GET ssl/advanced'], $this->panel->requests());
    }

    /** @dataProvider integrations */
    public function testAKeyWithItsSecretIsTestedToo(string $integrations): void
    {
        $this->withIntegrations($integrations);
        $this->define(
            [
                'WU_RUNCLOUD_API_TOKEN' => null, 'WU_RUNCLOUD_API_KEY' => 'test-key', 'WU_RUNCLOUD_API_SECRET' => 'test-secret',
                'WU_DOUBLE_INTEGRATIONS' => $integrations,
            ]
        );
        self::assertSame(true, $this->answer()['success']);
    }

    /** @return array<string, array{array<string, mixed>, string}> Constants, and what the sentence names. */
    public static function mistakes(): array
    {
        return [
            'wrong token' => [['WU_RUNCLOUD_API_TOKEN' => 'not the token'], 'token'],
            'server of somebody else' => [['WU_RUNCLOUD_SERVER_ID' => 7], 'server'],
            'no such web app' => [['WU_RUNCLOUD_APP_ID' => 7], 'web app'],
            'missing server' => [['WU_RUNCLOUD_SERVER_ID' => null], 'WU_RUNCLOUD_SERVER_ID'],
            'blocked by WordPress' => [['WP_HTTP_BLOCK_EXTERNAL' => true], 'WP_HTTP_BLOCK_EXTERNAL'],
        ];
    }

    /**
     * @dataProvider mistakes
     * @param array<string, mixed> $constants
     */
    public function testAMistakeIsASentenceThatNamesIt(array $constants, string $word): void
    {
        $this->define($constants);
        $answer = $this->answer();
        self::assertSame(false, $answer['success']);
        self::assertStringContainsStringIgnoringCase($word, $this->message($answer));
        self::assertStringNotContainsString('not the token', $this->message($answer));
    }

    /** @dataProvider integrations */
    public function testAWebAppWithAnotherFolderIsNotThisNetworks(string $integrations): void
    {
        $this->withIntegrations($integrations);
        $this->setRootPath('/home/runcloud/webapps/shop');
        $answer = $this->answer();
        self::assertSame(false, $answer['success']);
        self::assertStringContainsString('/home/runcloud/webapps/shop', $this->message($answer));
        self::assertStringContainsString('WU_RUNCLOUD_APP_ID', $this->message($answer));
    }

    /** @dataProvider integrations */
    public function testOnlyAnAdminOfTheNetworkMayAsk(string $integrations): void
    {
        $this->withIntegrations($integrations);
        $answer = Browser::subscriber()->ajax('wu_test_hosting_integration', ['integration' => 'runcloud']);
        self::assertSame(false, $answer['success']);
        self::assertSame([], $this->panel->requests());
    }

    /** @dataProvider integrations */
    public function testTheWizardShowsTheWholeSentenceAndNoJson(string $integrations): void
    {
        $this->withIntegrations($integrations);
        $this->setRootPath('/home/runcloud/webapps/shop');
        $answer = $this->answer();
        self::assertIsString($answer['data'], 'It would be printed as JSON');
        self::assertStringContainsString('white-space:normal', $answer['data'], 'A long line would be cut off');
        self::assertStringEndsWith('to the web application of this network.', $this->message($answer));
    }

    /** @dataProvider integrations */
    public function testWithAKeyAndASecretTheWizardSaysThatTheseAreUsed(string $integrations): void
    {
        $this->withIntegrations($integrations);
        $this->define(['WU_RUNCLOUD_API_TOKEN' => null, 'WU_RUNCLOUD_API_KEY' => 'test-key', 'WU_RUNCLOUD_API_SECRET' => 'test-secret']);
        $answer = $this->answer();
        self::assertSame([true, true], [$answer['success'], str_contains($this->message($answer), 'WU_RUNCLOUD_API_KEY')], $this->message($answer));
    }

    /** @return array<string, array{int}> */
    public static function failures(): array
    {
        return ['wrong token' => [401], 'not permitted' => [403], 'refused' => [422], 'down' => [500]];
    }

    /** @dataProvider failures */
    public function testAfterAGoodAnswerWhatHadFailedIsTriedAgainAtOnce(int $status): void
    {
        $this->panel->simulator->fault('status', ['status' => $status]);
        $this->network->map('shop.customer.example');
        $this->network->runQueue();
        self::assertNotNull($this->network->domain('shop.customer.example')['failing_since']);
        $this->panel->simulator->clearFaults();
        self::assertSame(true, $this->answer()['success']);
        $this->network->runQueue();
        $this->assertPanelHolds(['shop.customer.example']);
    }

    /** @return array<string, mixed> */
    private function answer(): array
    {
        $browser = Browser::admin();
        $this->panel->simulator->clearHistory();

        return $browser->ajax('wu_test_hosting_integration', ['integration' => 'runcloud']);
    }

    /** @param array<string, mixed> $answer */
    private function message(array $answer): string
    {
        // Where constants are missing Ultimate Multisite answers itself.
        return html_entity_decode(is_string($answer['data']) ? strip_tags($answer['data']) : $answer['data']['message']);
    }

    private function setRootPath(string $path): void
    {
        $apps = $this->panel->simulator->state()['webapps'];
        $apps[0] = ['rootPath' => $path, 'publicPath' => $path] + $apps[0];
        $this->panel->simulator->setState(['webapps' => $apps]);
    }
}
