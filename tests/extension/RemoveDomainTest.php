<?php

declare(strict_types=1);

namespace RunCloud\Test;

use RunCloud\Exception\InvalidDomainException;
use RunCloud\Exception\NotFoundException;
use RunCloud\Test\Support\ExtensionTestCase;

final class RemoveDomainTest extends ExtensionTestCase
{
    public function testWithTheIdItTakesTwoRequestsHoweverManyDomainsThereAre(): void
    {
        $this->fillDomains(200);

        self::assertTrue($this->client()->removeDomain('shop200.example', 5200));

        $this->assertRequests('GET /domains/5200', 'DELETE /domains/5200');
        self::assertNotContains('shop200.example', $this->names());
    }

    public function testWithoutTheIdThePagesAreSearched(): void
    {
        $this->fillDomains(99);

        self::assertTrue($this->client()->removeDomain('shop60.example'));

        $this->assertRequests('GET /domains', 'GET /domains', 'GET /domains', 'DELETE /domains/5060');
        self::assertNotContains('shop60.example', $this->names());
    }

    public function testTheFunctionDoesTheSame(): void
    {
        $id = $this->putAlias('shop.example');

        self::assertTrue(runcloud_remove_domain('shop.example', $id, $this->client()));
        self::assertFalse(runcloud_remove_domain('shop.example', client: $this->client()));

        $this->assertRequests("GET /domains/{$id}", "DELETE /domains/{$id}", 'GET /domains');
    }

    public function testAnyUsualSpellingOfTheNameWillDo(): void
    {
        $id = $this->putAlias('xn--bcher-kva.example');

        self::assertTrue($this->client()->removeDomain('BÜCHER.example.', $id));
    }

    public function testADomainThatIsNotThereWasNotRemoved(): void
    {
        self::assertFalse($this->client()->removeDomain('shop.example'));

        $this->assertRequests('GET /domains');
    }

    public function testAnIdOfAnotherNameDeletesNothing(): void
    {
        $id = $this->putAlias('other.example');

        $this->assertThrows(
            InvalidDomainException::class,
            fn () => $this->client()->removeDomain('shop.example', $id),
            'shop.example',
            'other.example',
            (string) $id
        );

        $this->assertRequests("GET /domains/{$id}");
        self::assertContains('other.example', $this->names());
    }

    public function testWhenTheIdIsGoneTheNameIsSearched(): void
    {
        $id = $this->putAlias('shop.example');

        self::assertTrue($this->client()->removeDomain('shop.example', 9999));

        $this->assertRequests('GET /domains/9999', 'GET /domains', "DELETE /domains/{$id}");
    }

    public function testWhenIdAndNameAreGoneNothingWasRemoved(): void
    {
        self::assertFalse($this->client()->removeDomain('shop.example', 9999));

        $this->assertRequests('GET /domains/9999', 'GET /domains');
    }

    /** @dataProvider primaryIds */
    public function testThePrimaryDomainIsNeverDeleted(?int $id): void
    {
        $this->assertThrows(
            InvalidDomainException::class,
            fn () => $this->client()->removeDomain(self::PRIMARY, $id),
            self::PRIMARY,
            'primary'
        );

        self::assertContains(self::PRIMARY, $this->names());
        self::assertNotContains('DELETE', array_column($this->simulator()->history(), 'method'));
    }

    /** @return iterable<string, array{?int}> */
    public static function primaryIds(): iterable
    {
        yield 'by id' => [self::PRIMARY_ID];
        yield 'by name' => [null];
    }

    public function testADomainThatWasGoneBeforeTheDeleteWasNotRemovedByThisCall(): void
    {
        $id = $this->putAlias('shop.example');
        $this->simulator()->fault('processed_status', ['status' => 404, 'match' => ['method' => 'DELETE']]);

        self::assertFalse($this->client()->removeDomain('shop.example', $id));
    }

    public function testA404AfterALostAnswerIsNotBelievedWhileTheDomainIsThere(): void
    {
        $id = $this->putAlias('shop.example');
        $delete = ['method' => 'DELETE'];
        $this->simulator()->fault('status', ['status' => 502, 'times' => 1, 'match' => $delete]);
        $this->simulator()->fault('status', ['status' => 404, 'times' => 1, 'match' => $delete]);

        $e = $this->assertThrows(
            NotFoundException::class,
            fn () => $this->client()->removeDomain('shop.example', $id),
            'shop.example',
            'yet it is'
        );

        self::assertTrue($e->isRetryable());
        self::assertContains('shop.example', $this->names());
    }

    public function testTheDeleteHasNoBody(): void
    {
        $id = $this->putAlias('shop.example');

        $this->client()->removeDomain('shop.example', $id);

        self::assertContains($this->simulator()->history()[1]['body'], [null, '']);
    }
}
