using System.Text;
using System.Text.Json;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Designer;

/// <summary>What a script may use, as TypeScript declarations for the script editor: this definition's variables, inputs and activities by name.</summary>
internal static class DrawnScripts
{
    public static void Map(RouteGroupBuilder elsa) => elsa.MapPost("/scripting/javascript/type-definitions/{definitionId}", Types);

    private const string Fixed =
        """
        /** The value that the last step gave. */
        declare function getLastResult(): any;
        /** What events name to reach this instance. */
        declare function getCorrelationId(): string | null;
        declare function getWorkflowInstanceId(): string;
        declare function getWorkflowInstanceName(): string | null;
        declare function getWorkflowDefinitionId(): string;
        declare function getWorkflowDefinitionVersionId(): string;
        declare function getWorkflowDefinitionVersion(): number;
        declare function isNullOrWhiteSpace(text: string | null | undefined): boolean;
        declare function isNullOrEmpty(text: string | null | undefined): boolean;
        declare function toJson(value: any): string;
        """;

    private static async Task<IResult> Types(DefinitionQueries queries, string definitionId, CancellationToken cancellationToken)
    {
        var stored = await queries.Find(definitionId, VersionChoice.Latest, cancellationToken);
        var definition = stored is null ? null : DefinitionReader.Read(stored.Body).Definition;
        return Results.Text(Declarations(definition), "application/x-typescript", Encoding.UTF8);
    }

    private static string Declarations(Definition? definition)
    {
        var variables = definition?.VariablesById.Values.OrderBy(variable => variable.Name, StringComparer.Ordinal).Select(variable => (variable.Name, Type: TypeOf(variable.TypeName, variable.IsArray))).ToArray() ?? [];
        var inputs = definition?.Inputs.Select(input => (input.Name, Type: TypeOf(input.TypeName, input.IsArray))).ToArray() ?? [];
        var activities = definition?.Nodes.Values.Select(node => node.Name ?? node.Id).Distinct().Order(StringComparer.Ordinal).ToArray() ?? [];
        var text = new StringBuilder(Fixed).AppendLine();
        Reader(text, "getVariable", "variables", variables);
        Reader(text, "getInput", "inputs", inputs);
        text.Append("declare function getOutputFrom(activity: ").Append(Names(activities)).AppendLine(", output?: string): any;");
        foreach (var (name, type) in variables.Where(variable => IsIdentifier(variable.Name)))
            text.Append("declare function get").Append(char.ToUpperInvariant(name[0])).Append(name.AsSpan(1)).Append("(): ").Append(type).AppendLine(";");
        return text.ToString();
    }

    private static void Reader(StringBuilder text, string function, string all, (string Name, string Type)[] values)
    {
        foreach (var (name, type) in values)
            text.Append("declare function ").Append(function).Append("(name: ").Append(Quoted(name)).Append("): ").Append(type).AppendLine(";");
        text.Append("declare function ").Append(function).AppendLine("(name: string): any;");
        text.Append("declare const ").Append(all).Append(": { ").AppendJoin(' ', values.Select(value => $"readonly {Quoted(value.Name)}: {value.Type};")).AppendLine(" };");
    }

    private static string Names(string[] names) => names.Length == 0 ? "string" : string.Join(" | ", names.Select(Quoted)) + " | string";

    private static string Quoted(string name) => JsonSerializer.Serialize(name, Workflows.FlowJson.Options);

    private static bool IsIdentifier(string name) => name.Length > 0 && !char.IsDigit(name[0]) && name.All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '$');

    private static string TypeOf(string alias, bool isArray)
    {
        var type = alias switch
        {
            "String" or "DateTime" or "DateTimeOffset" or "DateOnly" or "TimeSpan" or "Guid" => "string",
            "Boolean" => "boolean",
            "Int16" or "Int32" or "Int64" or "Single" or "Double" or "Decimal" => "number",
            _ => "any"
        };
        return isArray ? type + "[]" : type;
    }
}
