using System.Collections.Immutable;
using System.Text.Json;

namespace Relief.Flow.Workflows;

/// <summary>A field of a task's form: what a page asks for, and what an application has to send.</summary>
/// <param name="Type">A JSON schema type: <c>string</c>, <c>number</c>, <c>integer</c>, <c>boolean</c>, <c>array</c>, <c>object</c>; dates are strings. Or <see cref="IdNumber"/>.</param>
/// <param name="Outcomes">The outcomes for which it is required; empty when it is optional for all.</param>
public sealed record FormField(string Name, string Label, string Type, ImmutableArray<string> Outcomes)
{
    /// <summary>The type of an ID number: 18 characters, sealed where the form comes in, so that neither the task nor the journal holds it in the clear.</summary>
    public const string IdNumber = "idNumber";

    /// <summary>What an object, or each item of a list, is made of; null for a list of plain values. Values of another type are refused, what is missing is the activity's to judge.</summary>
    public IReadOnlyList<FormField>? Parts { get; init; }

    /// <summary>What may be chosen, of a list as many as fit; null for anything of the type.</summary>
    public IReadOnlyList<FieldChoice>? Choices { get; init; }

    /// <summary>The items that a list of objects begins with on a page, such as each need of a case; they may be changed and left out. Null for none.</summary>
    public IReadOnlyList<JsonElement>? Given { get; init; }

    /// <summary>A field that must be filled for the outcomes named; for none, it may be left out.</summary>
    public static FormField Of(string name, string label, string type, params string[] outcomes) => new(name, label, type, [.. outcomes]);

    /// <summary>The same, made of these.</summary>
    public FormField Made(params FormField[] parts) => this with { Parts = parts };

    /// <summary>The same, beginning with these items.</summary>
    public FormField From(IEnumerable<object> given) => this with { Given = [.. given.Select(FlowJson.Of)] };

    /// <summary>The same, to be chosen from codes that have their words on the page.</summary>
    public FormField OneOf(params IEnumerable<string> values) => OneOf(values.Select(value => new FieldChoice(value)));

    /// <summary>The same, to be chosen from values with words of their own.</summary>
    public FormField OneOf(IEnumerable<FieldChoice> choices) => this with { Choices = [.. choices] };
}

/// <summary>Something that may be chosen in a form.</summary>
/// <param name="Value">What is sent.</param>
/// <param name="Label">How it is called, in Chinese and without a person's name; null for a code whose words the page has.</param>
public sealed record FieldChoice(string Value, string? Label = null);
