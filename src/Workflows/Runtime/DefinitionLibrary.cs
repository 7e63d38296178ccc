using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Expressions;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Workflows.Runtime;

/// <summary>The definitions of this installation: imported, checked, published, and compiled once per version.</summary>
/// <remarks>A published version never changes, so it is kept compiled for as long as it is used; which version is published is asked again every second.</remarks>
public sealed class DefinitionLibrary(IFlowStore store, ActivityCatalog catalog, ExpressionEvaluator evaluator, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Definition> _versions = new();
    private readonly ConcurrentDictionary<string, Pointer> _published = new();

    /// <summary>What else may refuse a publish, such as simulations that were kept as tests; asked after the rules have nothing against it.</summary>
    public Func<Definition, CancellationToken, Task<ImmutableArray<Problem>>> BeforePublish { get; set; } = (_, _) => Task.FromResult(ImmutableArray<Problem>.Empty);

    /// <summary>Reads, checks and stores a definition; published, or as the draft. Nothing is stored when it has problems that are no warnings.</summary>
    /// <param name="by">Who imports it: the API key's or the user's name.</param>
    public async Task<ImportResult> Import(ReadOnlyMemory<byte> json, bool publish, string by, CancellationToken cancellationToken)
    {
        var reading = DefinitionReader.Read(json);
        if (reading.Definition is not { } definition)
        {
            return new ImportResult(null, reading.Problems);
        }

        var (triggers, wrong) = StartTriggers.Of(definition, catalog, evaluator, publish ? (await store.ReadClock(cancellationToken)).Now : time.GetUtcNow());
        var problems = await Asked(definition, reading.Problems.AddRange(Check(definition, publish)).AddRange(publish ? wrong : []), publish, cancellationToken);
        if (problems.Any(problem => !problem.IsWarning))
        {
            return new ImportResult(null, problems);
        }

        var hash = SHA256.HashData(json.Span);
        var latest = await store.FindDefinition(definition.Id, VersionChoice.Latest, cancellationToken);
        if (latest is not null && latest.Hash.AsSpan().SequenceEqual(hash) && latest.IsPublished == publish)
        {
            return new ImportResult(latest, problems);
        }

        var stored = Numbered(definition, latest, publish ? by : null) with { Body = json.ToArray(), Hash = hash, Triggers = publish ? triggers : [] };
        if (await store.SaveDefinition(stored, cancellationToken) is { TakenBy: { } owner } taken)
        {
            return new ImportResult(null, problems.Add(new Problem(
                "definition.triggerTaken", $"Requests of '{taken.TakenKey}' start the definition '{owner}' already. Choose another path or method, or retract that one.").Told([taken.TakenKey ?? "", owner])));
        }

        _published.TryRemove(definition.Id, out _);
        _versions.TryRemove(stored.VersionId, out _);
        return new ImportResult(stored, problems);
    }

    /// <summary>Publishes the latest draft as it stands.</summary>
    public async Task<ImportResult> Publish(string definitionId, string by, CancellationToken cancellationToken) =>
        await store.FindDefinition(definitionId, VersionChoice.Latest, cancellationToken) is { } latest
            ? await Import(latest.Body, publish: true, by, cancellationToken)
            : new ImportResult(null, [new Problem("definition.notFound", $"There is no definition {definitionId}.").Told([definitionId])]);

    /// <summary>Takes the published version back: nothing new starts, what runs goes on.</summary>
    public async Task<bool> Retract(string definitionId, CancellationToken cancellationToken)
    {
        _published.TryRemove(definitionId, out _);
        return await store.RetractDefinition(definitionId, cancellationToken);
    }

    public async Task<CompiledVersion?> Find(string definitionId, VersionChoice choice, CancellationToken cancellationToken)
    {
        if (choice.Kind == VersionKind.Published && _published.TryGetValue(definitionId, out var pointer) && time.GetElapsedTime(pointer.ReadAt) < Fresh)
        {
            return pointer.Version;
        }

        var readAt = time.GetTimestamp();
        var stored = await store.FindDefinition(definitionId, choice, cancellationToken);
        var compiled = stored is null ? null : new CompiledVersion(stored.VersionId, stored.Version, Compile(stored)) { Activation = stored.Activation };
        if (choice.Kind == VersionKind.Published)
        {
            _published[definitionId] = new Pointer(compiled, readAt);
        }

        return compiled;
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

    /// <summary>What publishing this definition would be refused for, and what it is warned of.</summary>
    public ImmutableArray<Problem> Check(Definition definition, bool forPublish)
    {
        ImmutableArray<Problem> problems = [.. DefinitionRules.Check(definition, type => catalog.Find(type)?.ToShape(), evaluator.Inspect)];
        return forPublish ? problems : [.. problems.Where(problem => problem.Code == "definition.expression")];
    }

    // A published version is never written over; a draft keeps its number and its id.
    private StoredDefinition Numbered(Definition definition, StoredDefinition? latest, string? publishedBy)
    {
        var version = latest is null ? 1 : latest.IsPublished ? latest.Version + 1 : latest.Version;
        return new StoredDefinition
        {
            VersionId = latest is { IsPublished: false } ? latest.VersionId : $"{definition.Id}:{version}",
            DefinitionId = definition.Id,
            Version = version,
            Name = definition.Name,
            Description = definition.Description,
            IsPublished = publishedBy is not null,
            Body = [],
            Hash = [],
            CreatedAt = time.GetUtcNow(),
            PublishedBy = publishedBy,
            Activation = ActivationNames.Of(definition.Options) ?? Activation.Always
        };
    }

    private async Task<ImmutableArray<Problem>> Asked(Definition definition, ImmutableArray<Problem> problems, bool publish, CancellationToken cancellationToken) =>
        publish && problems.All(problem => problem.IsWarning) ? problems.AddRange(await BeforePublish(definition, cancellationToken)) : problems;

    private Definition Compile(StoredDefinition stored)
    {
        if (_versions.TryGetValue(stored.VersionId, out var known))
        {
            return known;
        }

        var definition = DefinitionReader.Read(stored.Body).Definition
            ?? throw new InvalidDataException($"The stored definition {stored.VersionId} cannot be read by this release.");
        definition = definition with { VersionId = stored.VersionId, Version = stored.Version };
        return stored.IsPublished ? _versions[stored.VersionId] = definition : definition;
    }

    private sealed record Pointer(CompiledVersion? Version, long ReadAt);
}

/// <summary>A version that instances can start with.</summary>
public sealed record CompiledVersion(string VersionId, int Number, Definition Definition)
{
    public Activation Activation { get; init; }
}

/// <summary>What an import did. <paramref name="Stored"/> is null when it was refused.</summary>
public sealed record ImportResult(StoredDefinition? Stored, ImmutableArray<Problem> Problems);
