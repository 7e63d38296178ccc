using System.Text.Json;

namespace Relief.Flow.Workflows.Definitions;

/// <summary>How an input gets its value: an expression type of Elsa's format and what was typed there.</summary>
/// <param name="Type"><c>Literal</c>, <c>Object</c>, <c>Variable</c>, <c>Input</c>, <c>JavaScript</c> or <c>Handlebars</c>; others are kept and refused on publish.</param>
/// <param name="Value">The literal, the script's text, or the variable's reference, exactly as imported.</param>
public sealed record Expression(string Type, JsonElement Value)
{
    public const string Literal = "Literal";
    public const string Object = "Object";
    public const string Variable = "Variable";
    public const string Input = "Input";
    public const string JavaScript = "JavaScript";
    public const string Handlebars = "Handlebars";
}
