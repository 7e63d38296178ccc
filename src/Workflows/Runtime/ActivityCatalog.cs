using System.Collections.Frozen;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>Every activity that a definition may use, found by scanning assemblies: there is no second registration.</summary>
public sealed class ActivityCatalog
{
    private readonly FrozenDictionary<string, ActivityDescriptor> _byType;

    /// <exception cref="InvalidOperationException">Two classes claim one type name, or one lacks its attribute.</exception>
    public ActivityCatalog(IEnumerable<Assembly> assemblies)
    {
        var found = assemblies.Append(typeof(Activity).Assembly).Distinct()
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsAbstract: false } && type.IsSubclassOf(typeof(Activity)))
            .Select(Describe)
            .Concat(KernelActivities.Descriptors)
            .ToArray();
        var twice = found.GroupBy(descriptor => descriptor.Type).FirstOrDefault(group => group.Count() > 1);
        _byType = twice is null
            ? found.ToFrozenDictionary(descriptor => descriptor.Type)
            : throw new InvalidOperationException($"The activity type {twice.Key} is declared twice.");
    }

    public IEnumerable<ActivityDescriptor> All => _byType.Values.OrderBy(descriptor => descriptor.Type, StringComparer.Ordinal);

    public ActivityDescriptor? Find(string type) => _byType.GetValueOrDefault(type);

    private static ActivityDescriptor Describe(Type type)
    {
        var attribute = type.GetCustomAttribute<ActivityAttribute>()
            ?? throw new InvalidOperationException($"{type.Name} lacks the [Activity] attribute.");
        return new ActivityDescriptor
        {
            Type = attribute.Type ?? $"Relief.{type.Name}",
            Category = attribute.Category,
            Name = type.Name,
            Chinese = attribute.Chinese,
            Description = attribute.Description,
            Inputs = [.. Members<InputAttribute>(type).Select(member => Input(member.Property, member.Attribute))],
            Outputs = [.. Members<OutputAttribute>(type).Select(member => Output(member.Property, member.Attribute))],
            Outcomes = [.. type.GetCustomAttribute<OutcomesAttribute>()?.Names ?? [Activity.Done]],
            Optional = [.. type.GetCustomAttribute<OutcomesAttribute>()?.Optional ?? []],
            Embedded = [.. attribute.Embedded],
            IsBrowsable = !attribute.IsHidden,
            Class = type,
            ChangesRecords = type.IsDefined(typeof(ChangesRecordsAttribute)),
            ReadsRecords = type.IsDefined(typeof(ReadsRecordsAttribute)),
            Waits = attribute.Waits,
            MovesMoney = attribute.MovesMoney,
            Approves = attribute.Approves,
            Investigates = attribute.Investigates,
            ExcludesInvestigators = attribute.ExcludesInvestigators,
            IsEmergency = attribute.IsEmergency,
            IsTrigger = attribute.IsTrigger,
            Effect = attribute.Effect
        };
    }

    private static InputDescriptor Input(PropertyInfo property, InputAttribute attribute) =>
        new(property.Name, property.PropertyType, attribute.Description, attribute.Chinese, property.IsDefined(typeof(RequiredMemberAttribute)), attribute.IsPlain)
        {
            Property = property,
            Hint = attribute.Hint,
            Options = [.. attribute.Options ?? (Plain(property.PropertyType) is { IsEnum: true } choice ? Enum.GetNames(choice) : [])],
            Default = attribute.Default
        };

    private static Type Plain(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    private static OutputDescriptor Output(PropertyInfo property, OutputAttribute attribute) =>
        new(property.Name, property.PropertyType, attribute.Description, attribute.Chinese) { Property = property };

    private static IEnumerable<(PropertyInfo Property, T Attribute)> Members<T>(Type type) where T : Attribute =>
        from property in type.GetProperties().OrderBy(property => property.DeclaringType == type)
        let attribute = property.GetCustomAttribute<T>()
        where attribute is not null
        select (property, attribute);
}
