using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Relief.Flow.Host.Documentation;

/// <summary>One example body per request, with synthetic data.</summary>
internal static class Examples
{
    private static readonly Dictionary<string, string> Bodies = new(StringComparer.Ordinal)
    {
        ["api/v1/pathways/{definitionId}/instances"] = """{ "correlationId": "case-000042", "businessKey": "999900-2026-000042", "input": { "caseId": "case-000042" } }""",
        ["api/v1/events"] = """{ "name": "referral-answered", "correlationId": "case-000042", "payload": { "accepted": true }, "keepFor": "P7D" }""",
        ["api/v1/tasks/{id}/complete"] = """{ "outcome": "Approved", "data": { "opinion": "同意" } }""",
        ["api/v1/tasks/{id}/delegate"] = """{ "to": "staff-007" }""",
        ["api/v1/instances/{id}/cancel"] = """{ "reason": "entered twice" }""",
        ["api/v1/instances/{id}/retry"] = """{ "ordinal": 7 }""",
        ["api/v1/instances/{id}/suspend"] = """{ "reason": "under inspection" }""",
        ["api/v1/clock/advance"] = """{ "by": "P3D" }""",
        ["api/v1/halts"] = """{ "subjectId": "person-0001", "kind": "PersonDied" }""",
        ["api/v1/keys"] = """{ "name": "county-app", "roles": ["app"], "expiresAt": "2027-01-01T00:00:00Z" }"""
    };

    public static void Add(OpenApiOperation operation, string path)
    {
        if (operation.RequestBody?.Content is { } content && content.TryGetValue("application/json", out var json)
            && json is OpenApiMediaType media && Bodies.TryGetValue(path.Replace(":guid", "", StringComparison.Ordinal).TrimEnd('/'), out var body))
            media.Example = JsonNode.Parse(body);
    }
}
