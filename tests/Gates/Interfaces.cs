namespace Relief.Flow.Tests.Gates;

/// <summary>An interface needs two implementations in the product today, and the whole product has at most eight.</summary>
public static class Interfaces
{
    public const int Budget = 8;

    public static IEnumerable<string> Breaches(IReadOnlyCollection<Type> types)
    {
        var interfaces = types.Where(type => type.IsInterface).ToList();
        if (interfaces.Count > Budget)
            yield return $"{interfaces.Count} interfaces: {string.Join(", ", interfaces.Select(type => type.Name))}";

        foreach (var port in interfaces)
        {
            var count = types.Count(type => type is { IsInterface: false, IsAbstract: false } && Implements(type, port));
            if (count < 2)
                yield return $"{port.FullName} has {count} implementation{(count == 1 ? "" : "s")}";
        }
    }

    private static bool Implements(Type type, Type port) =>
        type.GetInterfaces().Any(each => (each.IsGenericType ? each.GetGenericTypeDefinition() : each) == port);
}
