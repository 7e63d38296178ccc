using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Runtime;
using Relief.Flow.Workflows.Storage;
using Relief.Flow.Workflows.Storage.Steps;

namespace Relief.Flow.Workflows.Operation;

/// <summary>Works out, for the versions that instances run on, which steps the published version has no more, and what lies between a step and a time limit.</summary>
public sealed class Outlooks(OutlookBook book, StepTimeQueries times, DefinitionLibrary library)
{
    /// <summary>Brings what is kept up to date with what is published and with what past steps took.</summary>
    public async Task Refresh(CancellationToken cancellationToken)
    {
        List<StepOutlook> outlooks = [];
        foreach (var version in await book.VersionsInUse(cancellationToken))
        {
            if (await Compiled(version, cancellationToken) is { } running)
                outlooks.AddRange(Of(running, (await library.Find(running.Id, VersionChoice.Published, cancellationToken))?.Definition, await times.Of(running.Id, cancellationToken)));
        }

        await book.Replace(outlooks, cancellationToken);
    }

    /// <summary>What there is to know of the steps of a version: a function of the drawings and the times.</summary>
    internal static IEnumerable<StepOutlook> Of(Definition running, Definition? published, IReadOnlyDictionary<string, StepTime> times)
    {
        var limit = PathwayLimit.Of(running);
        var path = limit is null ? null : new UsualPath(running, limit, times);
        foreach (var node in running.Nodes.Values)
        {
            var rest = path?.After(node);
            var isParted = published?.Version > running.Version && published.Nodes.GetValueOrDefault(node.Id)?.Type != node.Type;
            if (isParted || rest is not null)
                yield return new StepOutlook(running.VersionId, node.Id)
                {
                    PartedAt = isParted ? published!.Version : null, Usual = path?.Usual(node) ?? TimeSpan.Zero, Rest = rest, Allowed = rest is null ? null : limit!.Within
                };
        }
    }

    // What cannot be read is another rule's finding (K11).
    private async Task<Definition?> Compiled(string versionId, CancellationToken cancellationToken)
    {
        try
        {
            return await library.Version(versionId, cancellationToken);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
