using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Relief.Flow.Workflows.Expressions;

/// <summary>What an expression gave: a value, or the reason why it has none.</summary>
/// <param name="Value">Undefined when nothing was found or the script gave <c>undefined</c>, and on an error.</param>
/// <param name="Error">Null on success; else a sentence for the definition's author.</param>
public readonly record struct ExpressionResult(JsonElement Value, string? Error)
{
    [MemberNotNullWhen(true, nameof(Error))]
    public bool Failed => Error is not null;

    public static ExpressionResult Of(JsonElement value) => new(value, null);

    public static ExpressionResult Wrong(string error) => new(default, error);
}
