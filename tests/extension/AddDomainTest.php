<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Domain;
use RunCloud\DomainType;
use RunCloud\Exception\InvalidDomainException;
use RunCloud\Exception\ValidationException;
use RunCloud\Reason;
use RunCloud\Redirection;
use RunCloud\Test\Support\ExtensionTestCase;

final class AddDomainTest extends ExtensionTestCase
{
    public function testADomainIsAddedWithOneRequest(): void
    {
        $domain = $this->client()->addDomain('shop.example');

        $this->assertRequests('POST /domains');
        self::assertInstanceOf(Domain::class, $domain);
        self::assertGreaterThan(0, $domain->id);
        self::assertSame('shop.example', $domain->name);
        self::assertSame(DomainType::Alias, $domain->type);
        self::assertFalse($domain->www);
        self::assertSame(Redirection::None, $domain->redirection);
        self::assertFalse($domain->wildcard);
        self::assertTrue($domain->created);
        self::assertContains('shop.example', $this->names());
    }

    public function testTheFunctionDoesTheSame(): void
    {
        $domain = runcloud_add_domain('shop.example', true, Redirection::Www, $this->client());

        $this->assertRequests('POST /domains');
        self::assertTrue($domain->www);
        self::assertSame(Redirection::Www, $domain->redirection);
        self::assertTrue($domain->created);
    }

    public function testTheRequestIsTheDocumentedOne(): void
    {
        $this->client()->addDomain('shop.example', www: true, redirection: Redirection::NonWww);

        [$request] = $this->simulator()->history();
        self::assertEquals(
            ['name' => 'shop.example', 'www' => true, 'redirection' => 'non-www', 'type' => 'alias'],
            $request['body']
        );
        self::assertSame('application/json', $request['headers']['accept']);
        self::assertSame('application/json', $request['headers']['content-type']);
    }

    public function testNamedArgumentsMayBeSkipped(): void
    {
        $domain = runcloud_add_domain(client: $this->client(), redirection: Redirection::NonWww, domain: 'shop.example');

        self::assertFalse($domain->www);
        self::assertSame(Redirection::NonWww, $domain->redirection);
    }

    /** @dataProvider spellings */
    public function testTheNameIsNormalised(string $given, string $sent): void
    {
        $domain = $this->client()->addDomain($given);

        self::assertSame($sent, $domain->name);
        self::assertContains($sent, $this->names());
    }

    /** @return iterable<string, array{string, string}> */
    public static function spellings(): iterable
    {
        yield 'upper case' => ['SHOP.Example', 'shop.example'];
        yield 'trailing dot' => ['shop.example.', 'shop.example'];
        yield 'international' => ['bücher.example', 'xn--bcher-kva.example'];
        yield 'Hindi' => ['उदाहरण.भारत', 'xn--p1b6ci4b4b3a.xn--h2brj9c'];
        yield 'top level in punycode' => ['shop.xn--p1ai', 'shop.xn--p1ai'];
        yield 'wildcard' => ['*.Shop.example', '*.shop.example'];
        yield 'longest label' => [str_repeat('a', 63) . '.example', str_repeat('a', 63) . '.example'];
    }

    public function testADomainThatIsThereIsASuccessThatCreatedNothing(): void
    {
        $id = $this->putAlias('shop.example');

        $domain = $this->client()->addDomain('Shop.Example');

        $this->assertRequests('POST /domains', 'GET /domains');
        self::assertSame($id, $domain->id);
        self::assertFalse($domain->created);
        self::assertSame('2026-11-01 09:30:00', $domain->createdAt);
    }

    public function testADomainThatIsThereIsFoundOnTheLastPage(): void
    {
        $this->fillDomains(99);

        $domain = $this->client()->addDomain('shop99.example');

        $this->assertRequests('POST /domains', 'GET /domains', 'GET /domains');
        self::assertSame(5099, $domain->id);
        self::assertFalse($domain->created);
    }

    public function testADomainThatIsThereKeepsItsSettingsAndSaysWhich(): void
    {
        $this->putAlias('shop.example');

        $domain = $this->client()->addDomain('shop.example', www: true, redirection: Redirection::NonWww);

        self::assertFalse($domain->created);
        self::assertFalse($domain->www);
        self::assertSame(Redirection::None, $domain->redirection);
    }

    /** @dataProvider whatNobodyCouldServe */
    public function testWhatNobodyCouldServeIsRefusedBeforeAnythingIsSent(
        string $name,
        bool $www,
        Redirection $redirection,
        string $why
    ): void {
        $this->assertThrows(
            InvalidDomainException::class,
            fn () => $this->client()->addDomain($name, $www, $redirection),
            $why
        );

        $this->assertNoRequest();
    }

    /** @return iterable<string, array{string, bool, Redirection, string}> */
    public static function whatNobodyCouldServe(): iterable
    {
        yield 'www of a wildcard' => ['*.shop.example', true, Redirection::None, 'serves "www.shop.example" already'];
        yield 'www of www' => ['www.shop.example', true, Redirection::None, 'pass "shop.example" with www'];
        yield 'a redirection to nowhere' => ['shop.example', false, Redirection::Www, 'leads nowhere'];
    }

    public function testALostAnswerCostsAHandfulOfRequestsAmongTenThousandDomains(): void
    {
        $this->fillDomains(9_999);
        $this->simulator()->fault('drop_after', ['match' => ['method' => 'POST'], 'times' => 1]);

        $domain = $this->client()->addDomain('new.example');

        $this->assertRequests('POST /domains', 'GET /domains', 'GET /domains');
        self::assertFalse($domain->created);
    }

    public function testADomainOfAnotherWebApplicationIsTaken(): void
    {
        $webApps = $this->simulator()->state()['webapps'];
        $this->simulator()->setState(['webapps' => [...$webApps, ['id' => 2002, 'name' => 'other'] + $webApps[0]]]);
        $this->putAlias('shop.example', webAppId: 2002);

        $e = $this->assertThrows(
            ValidationException::class,
            fn () => $this->client()->addDomain('shop.example'),
            'shop.example'
        );

        self::assertSame(Reason::DomainTaken, $e->getReason());
        self::assertSame(['shop.example', 2001], [$e->getDetails()['domain'], $e->getDetails()['web_app_id']]);
        self::assertSame(422, $e->getStatus());
        self::assertFalse($e->isRetryable());
        self::assertSame(['name'], array_keys($e->getErrors()));
        self::assertIsString($e->getErrors()['name'][0]);
    }

    public function testThePrimaryDomainIsFoundToo(): void
    {
        $domain = $this->client()->addDomain(self::PRIMARY);

        self::assertSame(self::PRIMARY_ID, $domain->id);
        self::assertSame(DomainType::Primary, $domain->type);
        self::assertFalse($domain->created);
    }
}
