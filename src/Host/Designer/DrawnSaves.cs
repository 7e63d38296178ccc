using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Relief.Flow.Host.Access;
using Relief.Flow.Host.Studio;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Host.Designer;

/// <summary>Saving, publishing, going back and deleting, as the designer asks for it. What would lose somebody's drawing is refused with a message.</summary>
internal static class DrawnSaves
{
    public static void Map(RouteGroupBuilder elsa)
    {
        var definitions = elsa.MapGroup("/workflow-definitions").RequireAuthorization(Policies.Design);
        definitions.MapPost("/", Save);
        definitions.MapPost("/import", Import);
        definitions.MapPost("/{definitionId}/publish", Publish);
        definitions.MapPost("/{definitionId}/retract", Retract);
        definitions.MapPost("/{definitionId}/revert/{version:int}", Revert);
        definitions.MapPost("/{definitionId}/update-references", UpdateReferences);
        definitions.MapDelete("/{definitionId}", Delete);
        elsa.MapDelete("/workflow-definition-versions/{versionId}", DeleteVersion).RequireAuthorization(Policies.Design);
    }

    private static async Task<IResult> Save(DrawnDesk desk, HttpRequest request, [FromBody] JsonObject body, CancellationToken cancellationToken)
    {
        if (body["model"] is not JsonObject model)
            return DesignerApi.Invalid([DrawnTexts.In(StudioTexts.LanguageOf(request), "save.noModel")]);

        Placeholders.Restore(model["root"]);
        var id = model["definitionId"]?.GetValue<string>();
        return await desk.Desks.InTurn(id, () => Store(desk, request, (body, model, id), cancellationToken), cancellationToken);
    }

    private static async Task<IResult> Store(DrawnDesk desk, HttpRequest request, (JsonObject Body, JsonObject Model, string? Id) asked, CancellationToken cancellationToken)
    {
        var (body, model, id) = asked;
        var (language, user, editor) = (StudioTexts.LanguageOf(request), request.HttpContext.User, OpenDesks.Of(request));
        var stamp = SaveGuard.TakeStamp(model);
        var latest = id is null ? null : await desk.Queries.Find(id, VersionChoice.Latest, cancellationToken);
        if (Refusal(desk, model, latest, (stamp, editor, language)) is { } refusal)
            return DesignerApi.Invalid([refusal]);

        if (editor is not null && latest is not null)
            UnknownMembers.Restore(model, latest);
        var publish = body["publish"]?.GetValueKind() == JsonValueKind.True;
        var result = await desk.Library.Import(Bytes(model), new ImportWish(publish, user.By()) { Over = stamp is null ? null : latest?.Hash }, cancellationToken);
        if (result.Stored is { } stored)
            desk.Desks.Remember(stored.DefinitionId, editor, SaveGuard.StampOf(stored), user.By());
        return result.WasChanged
            ? DesignerApi.Invalid([Changed(desk, (await desk.Queries.Find(latest!.DefinitionId, VersionChoice.Latest, cancellationToken))!, language)])
            : await desk.Saved(result, request, wasPublished: false, cancellationToken);
    }

    private static string? Refusal(DrawnDesk desk, JsonObject model, StoredDefinition? latest, (string? Stamp, string? Editor, string Language) save) =>
        SaveGuard.Refuses(model, save.Language)
        ?? (latest is null ? null
            : IsAnothers(desk, latest, save.Stamp, save.Editor) ? Changed(desk, latest, save.Language)
            : SaveGuard.Refuses(model, latest, type => desk.Catalog.Find(type) is not null || !type.Contains('.'), save.Language));

    private static string Changed(DrawnDesk desk, StoredDefinition latest, string language) =>
        SaveGuard.Changed(latest, desk.Desks.WhoMade(latest.DefinitionId, SaveGuard.StampOf(latest)), language);

    // A save that does not say over what it was drawn is an application's, which sees to that itself.
    private static bool IsAnothers(DrawnDesk desk, StoredDefinition latest, string? stamp, string? editor) =>
        stamp is not null && stamp != SaveGuard.StampOf(latest) && !desk.Desks.MadeIt(latest.DefinitionId, editor, SaveGuard.StampOf(latest));

    /// <summary>A file: a new definition keeps the id, number, time and state that it brings; one that is here already gets a new draft.</summary>
    private static async Task<IResult> Import(
        DrawnDesk desk, HttpRequest request, ClaimsPrincipal user, [FromBody] JsonObject model, CancellationToken cancellationToken)
    {
        SaveGuard.TakeStamp(model);
        Placeholders.Restore(model["root"]);
        var result = await desk.Library.Import(Bytes(model), new ImportWish(false, user.By()) { AsInFile = true }, cancellationToken);
        return result.Stored is { } stored ? Results.Ok(await desk.Full(stored, request.HttpContext.User, cancellationToken)) : DrawnDesk.Refused(result, request);
    }

    private static async Task<IResult> Publish(DrawnDesk desk, HttpRequest request, ClaimsPrincipal user, string definitionId, CancellationToken cancellationToken)
    {
        if (await desk.Queries.Find(definitionId, VersionChoice.Latest, cancellationToken) is not { } latest)
            return DesignerApi.NotFound("definition");

        return await desk.Saved(await desk.Library.Publish(definitionId, user.By(), cancellationToken), request, latest.IsPublished, cancellationToken);
    }

    /// <summary>Moves the definitions in which this one is drawn to its published version, whether or not a publish does that by itself.</summary>
    private static async Task<IResult> UpdateReferences(DrawnDesk desk, ClaimsPrincipal user, string definitionId, CancellationToken cancellationToken)
    {
        if (await desk.Queries.Find(definitionId, VersionChoice.Latest, cancellationToken) is null)
            return DesignerApi.NotFound("definition");

        var published = await desk.Queries.Find(definitionId, VersionChoice.Published, cancellationToken);
        var moved = published is null ? [] : await desk.Library.Consumers.Follow(published, user.By(), cancellationToken);
        return Results.Ok(new { affectedWorkflows = moved.Select(definition => definition.Name) });
    }

    private static async Task<IResult> Retract(DrawnDesk desk, ClaimsPrincipal user, string definitionId, CancellationToken cancellationToken)
    {
        await desk.Library.Retract(definitionId, cancellationToken);
        return await desk.Queries.Find(definitionId, VersionChoice.Latest, cancellationToken) is { } stored ? Results.Ok(await desk.Full(stored, user, cancellationToken)) : DesignerApi.NotFound("definition");
    }

    /// <summary>An earlier version's drawing becomes the draft; the earlier version itself stays as it is.</summary>
    private static async Task<IResult> Revert(
        DrawnDesk desk, HttpRequest request, ClaimsPrincipal user, [AsParameters] RevertTo to, CancellationToken cancellationToken)
    {
        if (await desk.Queries.Find(to.DefinitionId, VersionChoice.Exactly(to.Version), cancellationToken) is not { } earlier)
            return DesignerApi.NotFound("definition");

        var result = await desk.Library.Import(earlier.Body, new ImportWish(false, user.By()), cancellationToken);
        if (result.Stored is null)
            return DrawnDesk.Refused(result, request);

        var lines = await desk.Queries.Search(new DefinitionSearch { Versions = "Latest", DefinitionIds = [to.DefinitionId] }, cancellationToken);
        return Results.Ok(DrawnShape.Summary(lines.Items[0], mayDraw: true));
    }

    private static async Task<IResult> Delete(DrawnDesk desk, string definitionId, CancellationToken cancellationToken) =>
        await desk.Library.Delete(definitionId, cancellationToken) ? Results.NoContent() : DesignerApi.NotFound("definition");

    private static async Task<IResult> DeleteVersion(DrawnDesk desk, string versionId, CancellationToken cancellationToken) =>
        await desk.Library.DeleteVersion(versionId, cancellationToken) ? Results.NoContent() : DesignerApi.NotFound("definition");

    // What the server says of a version is not part of the drawing. The designer creates without an id: giving one is ours.
    internal static byte[] Bytes(JsonObject model)
    {
        foreach (var name in new[] { "links", "materializerName", "materializerContext", "providerName", "isMaterializerAvailable" })
            model.Remove(name);
        if (model["definitionId"] is null)
            model["definitionId"] = RandomNumberGenerator.GetHexString(16, lowercase: true);
        return JsonSerializer.SerializeToUtf8Bytes(model, Workflows.FlowJson.Options);
    }
}

internal sealed record RevertTo(string DefinitionId, int Version);
