<?php

declare(strict_types=1);

namespace RunCloud\Test\Support;

/**
 * What Reflection says of the RunCloud classes and functions of this process, as plain arrays that can be compared.
 */
final class Description
{
    /** @return array<string, array<string, mixed>> */
    public static function ofThisProcess(): array
    {
        $described = ['classes' => [], 'functions' => [], 'constants' => []];
        self::loadClasses();
        foreach ([...get_declared_interfaces(), ...get_declared_classes()] as $name) {
            if (str_starts_with($name, 'RunCloud\\') && !str_starts_with($name, __NAMESPACE__)) {
                $described['classes'][$name] = self::class(new \ReflectionClass($name));
            }
        }
        foreach (array_merge(...array_values(get_defined_functions())) as $name) {
            if (stripos($name, 'runcloud') !== false) {
                $described['functions'][$name] = self::function(new \ReflectionFunction($name));
            }
        }
        foreach (get_defined_constants() as $name => $value) {
            if (stripos($name, 'runcloud') !== false) {
                $described['constants'][$name] = var_export($value, true);
            }
        }
        ksort($described['classes']);
        ksort($described['functions']);

        return $described;
    }

    /** The extension declares enums and classes of results when they are first used. */
    private static function loadClasses(): void
    {
        foreach (glob(dirname(__DIR__, 3) . '/php-stubs/RunCloud/*.php') as $file) {
            class_exists('RunCloud\\' . basename($file, '.php'));
        }
    }

    /** @return array<string, mixed> */
    private static function class(\ReflectionClass $class): array
    {
        $described = [
            'kind' => $class->isInterface() ? 'interface' : ($class->isEnum() ? 'enum' : 'class'),
            'modifiers' => \Reflection::getModifierNames($class->getModifiers()),
            'instantiable' => $class->isInstantiable(),
            'cloneable' => $class->isCloneable(),
            'parent' => ($class->getParentClass() ?: null)?->getName(),
            'interfaces' => $class->getInterfaceNames(),
            'constants' => array_map(
                static fn ($value): string => $value instanceof \BackedEnum ? "case {$value->value}" : var_export($value, true),
                $class->getConstants()
            ),
            'properties' => [],
            'methods' => [],
        ];
        sort($described['interfaces']);
        if ($class->isEnum()) {
            return $described; // it has only what PHP gives it
        }
        foreach (self::own($class, $class->getProperties()) as $property) {
            $described['properties'][$property->getName()] = [
                'modifiers' => \Reflection::getModifierNames($property->getModifiers()),
                'type' => (string) $property->getType(),
                'default' => $property->hasDefaultValue(),
            ];
        }
        foreach (self::own($class, $class->getMethods()) as $method) {
            $described['methods'][$method->getName()]
                = ['modifiers' => \Reflection::getModifierNames($method->getModifiers())] + self::function($method);
        }
        ksort($described['methods']);

        return $described;
    }

    /** What PHP itself calls: to store and restore a value. */
    private const CALLED_BY_PHP = ['__serialize', '__unserialize', '__set_state'];

    /**
     * Those that the class declares itself and that PHP code can meet.
     *
     * @template T of \ReflectionMethod|\ReflectionProperty
     *
     * @param list<T> $members
     *
     * @return list<T>
     */
    private static function own(\ReflectionClass $class, array $members): array
    {
        return array_filter($members, static fn ($member): bool => $member->class === $class->getName()
            && !in_array($member->getName(), self::CALLED_BY_PHP, true)
            && (!$member->isPrivate() || $member->getName() === '__construct'));
    }

    /** @return array<string, mixed> */
    private static function function(\ReflectionFunctionAbstract $function): array
    {
        return [
            'parameters' => array_map([self::class, 'parameter'], $function->getParameters()),
            'returns' => (string) $function->getReturnType(),
            'deprecated' => $function->isDeprecated(),
        ];
    }

    /** @return array<string, mixed> */
    private static function parameter(\ReflectionParameter $parameter): array
    {
        return [
            'name' => $parameter->getName(),
            'type' => (string) $parameter->getType(),
            'optional' => $parameter->isOptional(),
            'default' => $parameter->isDefaultValueAvailable() ? var_export($parameter->getDefaultValue(), true) : 'none',
            'attributes' => array_map(static fn ($attribute): string => $attribute->getName(), $parameter->getAttributes()),
            'variadic' => $parameter->isVariadic(),
            'by reference' => $parameter->isPassedByReference(),
        ];
    }
}
