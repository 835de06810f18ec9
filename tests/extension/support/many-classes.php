<?php

declare(strict_types=1);

// phpcs:disable PSR1.Classes.ClassDeclaration.MultipleClasses
// Has classes, enums and functions that OPcache shares between pools: what they take place in memory must not be that of the extension.

namespace Many;

enum Colour: string
{
    case Red = 'red';
    case Blue = 'blue';
}

enum Size: int
{
    case Small = 1;
    case Large = 2;
}

abstract class Shape
{
    public static int $made = 0;
    public const COLOUR = Colour::Red;

    public function __construct(public readonly Colour $colour = self::COLOUR, public Size $size = Size::Small)
    {
        static::$made++;
    }
}

final class Circle extends Shape
{
    public static array $all = [Colour::Blue];
}

final class Square extends Shape
{
    public static array $all = [Size::Large];
}

function shapes(): array
{
    static $calls = 0;
    $calls++;

    return [new Circle(), new Square(Colour::Blue), Circle::$all, Square::$all, Colour::cases(), Size::from(2), $calls];
}

shapes();
header('Content-Type: application/json');
echo json_encode(extension_loaded('runcloud') ? 'with' : 'without');
