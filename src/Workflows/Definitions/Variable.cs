using System.Text.Json;

namespace Relief.Flow.Workflows.Definitions;

/// <summary>A named value that an instance carries from step to step.</summary>
/// <param name="Id">The identity that output bindings refer to (<c>memoryReference.id</c>).</param>
/// <param name="Name">The name that scripts and templates use.</param>
/// <param name="TypeName">Elsa's alias of the type, such as <c>String</c>, <c>Int32</c>, <c>Decimal</c>, <c>DateTimeOffset</c> or <c>Object</c>.</param>
/// <param name="IsArray">True for a list of that type.</param>
/// <param name="Value">The initial value as imported (Elsa writes a string); undefined when there is none.</param>
public sealed record Variable(string Id, string Name, string TypeName, bool IsArray, JsonElement Value);

/// <summary>A declared input or output of a whole definition.</summary>
/// <param name="IsRequired">From the member <c>isRequired</c>, which Elsa ignores and keeps; a start without it is refused (422).</param>
/// <param name="Default">The value used when none is given; undefined when there is none.</param>
public sealed record Parameter(string Name, string TypeName, bool IsArray, string? DisplayName, string? Description, bool IsRequired, JsonElement Default);
