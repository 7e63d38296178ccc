using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Expressions;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>The definitions of this installation: imported, checked, published, and compiled once per version.</summary>
/// <remarks>A version that was published or run never changes, so it is kept compiled for as long as it is used; which version is published is asked again every second.</remarks>
public sealed class DefinitionLibrary
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Definition> _versions = new();
    private readonly ConcurrentDictionary<(string DefinitionId, VersionChoice Choice), Pointer> _pointers = new();
    private readonly IFlowStore store;
    private readonly ActivityCatalog catalog;
    private readonly ExpressionEvaluator evaluator;
    private readonly TimeProvider time;

    public DefinitionLibrary(IFlowStore store, ActivityCatalog catalog, ExpressionEvaluator evaluator, TimeProvider time)
    {
        this.store = store;
        this.catalog = catalog;
        this.evaluator = evaluator;
        this.time = time;
        Activities = new WorkflowActivities(store, this, time);
        Consumers = new WorkflowConsumers(store, this);
    }

    /// <summary>Those that may be drawn as activities of others.</summary>
    public WorkflowActivities Activities { get; }

    /// <summary>Those in which such activities are drawn.</summary>
    public WorkflowConsumers Consumers { get; }

    /// <summary>What else may refuse a publish, such as simulations that were kept as tests; asked after the rules have nothing against it.</summary>
    public Func<Definition, CancellationToken, Task<ImmutableArray<Problem>>> BeforePublish { get; set; } = (_, _) => Task.FromResult(ImmutableArray<Problem>.Empty);

    /// <summary>Reads, checks and stores a definition; published, or as the draft. Nothing is stored when it has problems that are no warnings.</summary>
    /// <param name="by">Who imports it: the API key's or the user's name.</param>
    public Task<ImportResult> Import(ReadOnlyMemory<byte> json, bool publish, string by, CancellationToken cancellationToken) =>
        Import(json, new ImportWish(publish, by), cancellationToken);

    /// <inheritdoc cref="Import(ReadOnlyMemory{byte}, bool, string, CancellationToken)"/>
    public async Task<ImportResult> Import(ReadOnlyMemory<byte> json, ImportWish wish, CancellationToken cancellationToken)
    {
        var reading = DefinitionReader.Read(json);
        if (reading.Definition is not { } definition)
        {
            return new ImportResult(null, reading.Problems);
        }

        var newest = await store.FindDefinition(definition.Id, VersionChoice.Newest, cancellationToken);
        var publish = wish.Publish || wish.AsInFile && newest is null && DefinitionFacts.IsPublished(json);
        var problems = reading.Problems.AddRange(await Check(definition, publish, cancellationToken));
        ImmutableArray<NewTrigger> triggers = [];
        if (publish)
        {
            (triggers, var wrong) = StartTriggers.Of(definition, catalog, evaluator, (await store.ReadClock(cancellationToken)).Now);
            problems = await Asked(definition, problems.AddRange(wrong), cancellationToken);
        }

        if (problems.Any(problem => !problem.IsWarning))
        {
            return new ImportResult(null, problems);
        }

        var stored = await Numbered(new Asking(json, definition, wish), newest, cancellationToken) with
        {
            IsPublished = publish,
            PublishedBy = publish ? wish.By : null,
            Activation = ActivationNames.Of(definition.Options) ?? Activation.Always,
            Triggers = triggers
        };
        if (newest is { IsLatest: true } && newest.Hash.AsSpan().SequenceEqual(stored.Hash) && (newest.IsPublished || !publish))
        {
            return new ImportResult(newest, problems);
        }

        var saved = await Save(stored, problems, cancellationToken);
        return !wish.IsFollowing && saved.Stored is { IsPublished: true } published && WorkflowDescriptor.TakesConsumersAlong(definition)
            ? saved with { Consumers = await Consumers.Follow(published, wish.By, cancellationToken) }
            : saved;
    }

    private async Task<ImportResult> Save(StoredDefinition stored, ImmutableArray<Problem> problems, CancellationToken cancellationToken)
    {
        var receipt = await store.SaveDefinition(stored, cancellationToken);
        if (receipt.TakenBy is { } owner)
        {
            return new ImportResult(null, problems.Add(new Problem(
                "definition.triggerTaken", $"Requests of '{receipt.TakenKey}' start the definition '{owner}' already. Choose another path or method, or retract that one.").Told([receipt.TakenKey ?? "", owner])));
        }

        if (!receipt.IsSaved)
        {
            return new ImportResult(null, problems.Add(new Problem("definition.changed", "Somebody else saved this definition at the same time. Open it again and repeat the change.").Told([]))) { WasChanged = true };
        }

        Forget(stored.DefinitionId);
        _versions.TryRemove(stored.VersionId, out _);
        return new ImportResult(stored, problems);
    }

    // A version that was published or run never changes: what is saved over it gets the next number. A file's own number and id count only where there is none yet.
    private async Task<StoredDefinition> Numbered(Asking asked, StoredDefinition? newest, CancellationToken cancellationToken)
    {
        var (json, definition, wish) = asked;
        var hash = SHA256.HashData(json.Span);
        var isAgain = newest is not null && (!newest.IsFixed || newest.Hash.AsSpan().SequenceEqual(hash)) && newest.IsLatest;
        var asInFile = wish.AsInFile && newest is null;
        var version = isAgain ? newest!.Version : newest?.Version + 1 ?? (asInFile ? Math.Max(definition.Version, 1) : 1);
        var keepsId = asInFile && definition.VersionId.Length > 0 && await store.FindVersion(definition.VersionId, cancellationToken) is null;
        return new StoredDefinition
        {
            VersionId = isAgain ? newest!.VersionId : keepsId ? definition.VersionId : $"{definition.Id}:{version}",
            DefinitionId = definition.Id,
            Version = version,
            Name = definition.Name,
            Description = definition.Description,
            Body = json.ToArray(),
            Hash = hash,
            Over = wish.Over,
            CreatedAt = (asInFile ? DefinitionFacts.CreatedAt(json) : null) ?? time.GetUtcNow()
        };
    }

    /// <summary>Takes a definition off every list. What runs goes on, and the versions that it runs on are kept.</summary>
    public async Task<bool> Delete(string definitionId, CancellationToken cancellationToken)
    {
        Forget(definitionId);
        return await store.DeleteDefinition(definitionId, null, cancellationToken);
    }

    /// <summary>Removes one version; false when there is none, or instances run or ran on it.</summary>
    public async Task<bool> DeleteVersion(string versionId, CancellationToken cancellationToken)
    {
        if (await store.FindVersion(versionId, cancellationToken) is not { } version)
        {
            return false;
        }

        Forget(version.DefinitionId);
        _versions.TryRemove(versionId, out _);
        return await store.DeleteDefinition(version.DefinitionId, version.Version, cancellationToken);
    }

    /// <summary>Publishes the latest draft as it stands.</summary>
    public async Task<ImportResult> Publish(string definitionId, string by, CancellationToken cancellationToken) =>
        await store.FindDefinition(definitionId, VersionChoice.Latest, cancellationToken) is { } latest
            ? await Import(latest.Body, publish: true, by, cancellationToken)
            : new ImportResult(null, [new Problem("definition.notFound", $"There is no definition {definitionId}.").Told([definitionId])]);

    /// <summary>Takes the published version back: nothing new starts, what runs goes on.</summary>
    public async Task<bool> Retract(string definitionId, CancellationToken cancellationToken)
    {
        Forget(definitionId);
        return await store.RetractDefinition(definitionId, cancellationToken);
    }

    /// <summary>The version that a choice means, as it stands; null when there is none.</summary>
    public async Task<CompiledVersion?> Find(string definitionId, VersionChoice choice, CancellationToken cancellationToken) =>
        Known(definitionId, choice) is { } pointer ? pointer.Version : Point(definitionId, choice, time.GetTimestamp(), await store.FindDefinition(definitionId, choice, cancellationToken));

    /// <summary>The version that a start means. A draft is fixed by it: its next save gets a number of its own, and what runs keeps its bytes (I9).</summary>
    public async Task<CompiledVersion?> FindToStart(string definitionId, VersionChoice choice, CancellationToken cancellationToken)
    {
        if (Known(definitionId, choice) is { } pointer)
        {
            return pointer.Version;
        }

        var readAt = time.GetTimestamp();
        var stored = await store.FindDefinition(definitionId, choice, cancellationToken);
        if (stored is { IsFixed: false })
        {
            await store.FixDefinition(stored.VersionId, cancellationToken);
            stored = await store.FindVersion(stored.VersionId, cancellationToken);
        }

        return Point(definitionId, choice, readAt, stored);
    }

    /// <summary>A version as its instances run it; null when it is not stored (K11).</summary>
    public async ValueTask<Definition?> Version(string versionId, CancellationToken cancellationToken)
    {
        if (_versions.TryGetValue(versionId, out var known))
        {
            return known;
        }

        return await store.FindVersion(versionId, cancellationToken) is { } stored ? Compile(stored) : null;
    }

    /// <summary>What publishing this definition, or keeping it as a draft, would be refused for, and what it is warned of.</summary>
    public async Task<ImmutableArray<Problem>> Check(Definition definition, bool forPublish, CancellationToken cancellationToken)
    {
        var drawn = await Activities.Shapes(definition, cancellationToken);
        var problems = DefinitionRules.Check(definition, type => catalog.Find(type)?.ToShape() ?? drawn.GetValueOrDefault(type), evaluator.Inspect);
        return forPublish
            ? problems.AddRange(LiteralRules.Check(definition, catalog)).AddRange(await new CompositeRules(Activities, catalog).Check(definition, cancellationToken))
            : [.. problems.Where(problem => problem.Code == "definition.expression")];
    }

    private void Forget(string definitionId)
    {
        foreach (var key in _pointers.Keys.Where(key => key.DefinitionId == definitionId))
        {
            _pointers.TryRemove(key, out _);
        }

        Activities.Forget();
    }

    private Pointer? Known(string definitionId, VersionChoice choice) =>
        _pointers.TryGetValue((definitionId, choice), out var pointer) && time.GetElapsedTime(pointer.ReadAt) < Fresh ? pointer : null;

    // A draft may be saved anew at any moment: only what is fixed, and which version is published, is remembered.
    private CompiledVersion? Point(string definitionId, VersionChoice choice, long readAt, StoredDefinition? stored)
    {
        var compiled = stored is null ? null : new CompiledVersion(stored.VersionId, stored.Version, Compile(stored)) { Activation = stored.Activation };
        if (choice.Kind == VersionKind.Published || (choice.Kind == VersionKind.Exactly && stored is { IsFixed: true }))
        {
            _pointers[(definitionId, choice)] = new Pointer(compiled, readAt);
        }

        return compiled;
    }

    private async Task<ImmutableArray<Problem>> Asked(Definition definition, ImmutableArray<Problem> problems, CancellationToken cancellationToken) =>
        problems.All(problem => problem.IsWarning) ? problems.AddRange(await BeforePublish(definition, cancellationToken)) : problems;

    private Definition Compile(StoredDefinition stored)
    {
        if (_versions.TryGetValue(stored.VersionId, out var known))
        {
            return known;
        }

        var definition = DefinitionReader.Read(stored.Body).Definition
            ?? throw new InvalidDataException($"The stored definition {stored.VersionId} cannot be read by this release.");
        definition = definition with { VersionId = stored.VersionId, Version = stored.Version };
        return stored.IsPublished || stored.IsFixed ? _versions[stored.VersionId] = definition : definition;
    }

    private sealed record Asking(ReadOnlyMemory<byte> Json, Definition Definition, ImportWish Wish);

    private sealed record Pointer(CompiledVersion? Version, long ReadAt);
}

/// <summary>A version that instances can start with.</summary>
public sealed record CompiledVersion(string VersionId, int Number, Definition Definition)
{
    public Activation Activation { get; init; }
}

/// <summary>What an import did. <paramref name="Stored"/> is null when it was refused.</summary>
public sealed record ImportResult(StoredDefinition? Stored, ImmutableArray<Problem> Problems)
{
    /// <summary>The definitions that were taken along to what was published, because its author lets them be.</summary>
    public ImmutableArray<StoredDefinition> Consumers { get; init; } = [];

    /// <summary>True when it was refused because the latest version is another than the one it was drawn over.</summary>
    public bool WasChanged { get; init; }
}

/// <summary>How a definition is to be taken in.</summary>
/// <param name="By">Who does it: the API key's or the user's name.</param>
public sealed record ImportWish(bool Publish, string By)
{
    /// <summary>The hash of the latest version that its author saw; null to save whatever is there.</summary>
    public byte[]? Over { get; init; }

    /// <summary>A definition that is new here keeps its file's version id, number, time and published mark, so that its export is that file again.</summary>
    public bool AsInFile { get; init; }

    /// <summary>It follows a newer version of what is drawn in it: whoever draws it is taken along by the one that does so, and not once more by this import.</summary>
    internal bool IsFollowing { get; init; }
}
