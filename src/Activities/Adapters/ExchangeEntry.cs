using System.Text.Json;
using System.Text.Json.Nodes;

namespace Relief.Flow.Activities.Adapters;

/// <summary>Something that is to go to an outside system.</summary>
/// <param name="Adapter">The system.</param>
/// <param name="Operation">What is asked of it.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Body">What is sent.</param>
public sealed record ExchangeEntry(string Adapter, string Operation, string Subject, JsonObject Body)
{
    /// <summary>The county.</summary>
    public required string CountyCode { get; init; }

    /// <summary>The law or the consent that it rests on.</summary>
    public required string LegalBasis { get; init; }

    /// <summary>The path below the system's address.</summary>
    public string Path { get; init; } = "";

    /// <summary>The person, when it is about one.</summary>
    public string? PersonId { get; init; }

    /// <summary>The case, when it is about one.</summary>
    public string? CaseId { get; init; }

    /// <summary>The agreement that it rests on.</summary>
    public string? AgreementId { get; init; }

    /// <summary>True when nobody has to do it by hand.</summary>
    public bool IsMirror { get; init; }

    /// <summary>By when the other side wants it.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Members of a body as an object that can hold sealed texts.</summary>
    public static JsonObject Of(object members) => JsonSerializer.SerializeToNode(members, JsonSerializerOptions.Web)!.AsObject();
}
