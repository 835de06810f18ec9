<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\SslDeployment;
use RunCloud\SslMode;
use RunCloud\SslOutcome;
use RunCloud\Test\Support\ExtensionTestCase;

final class RedeploySslTest extends ExtensionTestCase
{
    public function testBasicLetsEncryptIsRedeployedWithThreeRequests(): void
    {
        $ssl = $this->client()->redeploySsl('shop.example');

        $this->assertRequests('GET /ssl/advanced', 'GET /ssl', 'PUT /ssl/4001');
        self::assertSame(SslOutcome::Redeployed, $ssl->outcome);
        self::assertSame(SslMode::Basic, $ssl->mode);
        self::assertSame(self::CERTIFICATE, $ssl->certificateId);
        self::assertNull($ssl->domainId);
        self::assertNull($ssl->domain);
        self::assertSame('letsencrypt', $ssl->method);
        self::assertNull($ssl->validUntil, 'what was read before the redeploy is not true any more');
    }

    public function testBasicNeedsNoDomain(): void
    {
        self::assertSame(SslOutcome::Redeployed, runcloud_redeploy_ssl(client: $this->client())->outcome);
    }

    public function testBasicWithTheIdsOfAnEarlierAnswerTakesOneRequest(): void
    {
        $first = $this->client()->redeploySsl('shop.example');
        $this->simulator()->clearHistory();

        $ssl = $this->redeployAgain($first);

        $this->assertRequests('PUT /ssl/4001');
        self::assertSame(SslOutcome::Redeployed, $ssl->outcome);
        self::assertSame(SslMode::Basic, $ssl->mode);
        self::assertSame(self::CERTIFICATE, $ssl->certificateId);
    }

    public function testBasicWithAStaleIdLooksTheCertificateUpAfresh(): void
    {
        $ssl = $this->client()->redeploySsl('shop.example', 4999);

        $this->assertRequests('PUT /ssl/4999', 'GET /ssl/advanced', 'GET /ssl', 'PUT /ssl/4001');
        self::assertSame(SslOutcome::Redeployed, $ssl->outcome);
        self::assertSame(self::CERTIFICATE, $ssl->certificateId);
    }

    public function testBasicWithoutACertificateInstallsNone(): void
    {
        $this->setSsl(false, false, null);

        $ssl = $this->client()->redeploySsl('shop.example');

        $this->assertRequests('GET /ssl/advanced', 'GET /ssl');
        self::assertSame(SslOutcome::NotInstalled, $ssl->outcome);
        self::assertSame(SslMode::Basic, $ssl->mode);
        self::assertNull($ssl->certificateId);
        self::assertNull($ssl->method);
        self::assertNull($ssl->validUntil);
    }

    /** @dataProvider foreignMethods */
    public function testBasicLeavesAForeignCertificateAlone(string $method): void
    {
        $this->setSsl(false, false, $this->certificate(4005, $method));

        $ssl = $this->client()->redeploySsl('shop.example');

        $this->assertRequests('GET /ssl/advanced', 'GET /ssl');
        self::assertSame(SslOutcome::NotRenewable, $ssl->outcome);
        self::assertSame(4005, $ssl->certificateId);
        self::assertSame($method, $ssl->method);
        self::assertSame('2027-02-01 00:00:00', $ssl->validUntil);
    }

    /** @return iterable<string, array{string}> */
    public static function foreignMethods(): iterable
    {
        yield 'custom' => ['custom'];
        yield 'csr' => ['csr'];
    }

    /** @dataProvider bothAdvanced */
    public function testAutomaticIsLeftToThePanel(bool $advanced): void
    {
        $this->setSsl($advanced, true, null);

        $ssl = $this->client()->redeploySsl('shop.example');

        $this->assertRequests('GET /ssl/advanced');
        self::assertSame(SslOutcome::Automatic, $ssl->outcome);
        self::assertSame(SslMode::Automatic, $ssl->mode);
        self::assertNull($ssl->certificateId);
        self::assertNull($ssl->domain);
        self::assertNull($ssl->domainId);
    }

    /** @return iterable<string, array{bool}> */
    public static function bothAdvanced(): iterable
    {
        yield 'basic' => [false];
        yield 'advanced' => [true];
    }

    public function testTheRedeployHasNoBody(): void
    {
        $this->client()->redeploySsl('shop.example', self::CERTIFICATE);

        self::assertContains($this->simulator()->history()[0]['body'], [null, '']);
    }

    private function redeployAgain(SslDeployment $first): SslDeployment
    {
        return runcloud_redeploy_ssl('shop.example', $first->certificateId, $this->client(), $first->domainId);
    }
}
