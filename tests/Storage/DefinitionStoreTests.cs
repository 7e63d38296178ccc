using System.Text;
using Relief.Flow.Workflows.Storage;

namespace Relief.Flow.Tests.Storage;

public abstract class DefinitionStoreTests : FlowStoreTests
{
    private async Task<bool> Save(StoredDefinition definition) => (await Store.SaveDefinition(definition, default)).IsSaved;

    private async Task<int?> Version(VersionChoice choice) => (await Store.FindDefinition("inquiry", choice, default))?.Version;

    [Fact]
    public async Task A_definition_is_kept_byte_for_byte()
    {
        var saved = A.Definition(1, "{ \"名\" :1}\r\n", isPublished: true) with { Description = "d", PublishedBy = "ann" };
        Assert.True(await Save(saved));

        var found = (await Store.FindVersion("inquiry-1", default))!;

        Assert.Equal(saved.Body, found.Body);
        Assert.Equal(saved.Hash, found.Hash);
        Assert.Equal(saved with { Body = found.Body, Hash = found.Hash, IsFixed = true }, found);
        Assert.Null(await Store.FindVersion("inquiry-9", default));
    }

    [Fact]
    public async Task A_save_over_another_version_than_its_author_saw_is_refused_and_changes_nothing()
    {
        var seen = A.Definition(1, "{ \"a\": 1 }") with { Hash = [1] };
        await Save(seen);
        var other = A.Definition(1, "{ \"a\": 2 }") with { Hash = [2] };
        Assert.True((await Store.SaveDefinition(other with { Over = seen.Hash }, default)).IsSaved);

        var late = await Store.SaveDefinition(A.Definition(1, "{ \"a\": 3 }") with { Hash = [3], Over = seen.Hash }, default);

        Assert.True(late is { IsSaved: false, WasChanged: true });
        Assert.Equal(other.Hash, (await Store.FindDefinition("inquiry", VersionChoice.Latest, default))!.Hash);
    }

    [Fact]
    public async Task A_draft_that_was_run_keeps_its_bytes()
    {
        var draft = A.Definition(1, "{ \"a\": 1 }");
        await Save(draft);
        await Store.FixDefinition("inquiry-1", default);

        Assert.False((await Store.SaveDefinition(A.Definition(1, "{ \"a\": 2 }") with { Hash = [2] }, default)).IsSaved);

        var kept = (await Store.FindVersion("inquiry-1", default))!;
        Assert.True(kept is { IsFixed: true, IsPublished: false });
        Assert.Equal(draft.Body, kept.Body);
    }

    [Fact]
    public async Task Published_versions_are_listed_by_what_their_files_mention_and_fixed_ones_by_definition()
    {
        await Save(A.Definition(1, "{ \"a\": \"名\" }", isPublished: true) with { PublishedBy = "ann" });
        await Save(A.Definition(2, "{ \"a\": \"part-7\" }", isPublished: true) with { PublishedBy = "ann" });
        await Save(A.Definition(3, "{ \"a\": \"名\" }"));

        Assert.Equal([2], (await Store.ListPublished(null, default)).Select(version => version.Version));
        Assert.Equal([2], (await Store.ListPublished("part-7", default)).Select(version => version.Version));
        Assert.Empty(await Store.ListPublished("名", default));
        Assert.Equal([2, 1], (await Store.ListFixed("inquiry", default)).Select(version => version.Version));
        await Store.FixDefinition("inquiry-3", default);
        Assert.Equal([(3, false), (2, true), (1, false)], (await Store.ListFixed("inquiry", default)).Select(version => (version.Version, version.IsPublished)));
    }

    [Fact]
    public async Task A_deleted_definition_is_on_no_list_and_its_number_is_not_given_again()
    {
        await Save(A.Definition(1, isPublished: true));
        await Save(A.Definition(2));
        await Store.Start([A.Start()], default);

        Assert.True(await Store.DeleteDefinition("inquiry", null, default));

        Assert.Null(await Store.FindDefinition("inquiry", VersionChoice.Latest, default));
        Assert.Null(await Store.FindDefinition("inquiry", VersionChoice.Published, default));
        Assert.NotNull(await Store.FindVersion("inquiry-1", default));
        Assert.Null(await Store.FindVersion("inquiry-2", default));
        Assert.Equal(1, (await Store.FindDefinition("inquiry", VersionChoice.Newest, default))!.Version);
        Assert.False(await Store.DeleteDefinition("nobody", null, default));
    }

    [Fact]
    public async Task One_version_is_deleted_only_while_nothing_runs_on_it()
    {
        await Save(A.Definition(1, isPublished: true));
        await Save(A.Definition(2));
        await Store.Start([A.Start()], default);

        Assert.False(await Store.DeleteDefinition("inquiry", 1, default));
        Assert.True(await Store.DeleteDefinition("inquiry", 2, default));

        Assert.Equal(1, (await Store.FindDefinition("inquiry", VersionChoice.Latest, default))!.Version);
    }

    [Fact]
    public async Task Published_and_latest_are_true_for_one_version_each()
    {
        await Save(A.Definition(1, isPublished: true));
        await Save(A.Definition(2));
        Assert.Equal((1, 2), (await Version(VersionChoice.Published), await Version(VersionChoice.Latest)));

        await Save(A.Definition(3, isPublished: true));

        Assert.Equal((3, 3), (await Version(VersionChoice.Published), await Version(VersionChoice.Latest)));
        Assert.Equal(1, await Version(VersionChoice.Exactly(1)));
        Assert.Equal(1, await Ask("select count(*) from definition where is_published and definition_id = 'inquiry'"));
    }

    [Fact]
    public async Task A_draft_is_replaced_by_the_next_save_and_published_in_place()
    {
        await Save(A.Definition(1, "first"));
        Assert.True(await Save(A.Definition(1, "second")));
        Assert.True(await Save(A.Definition(1, "third", isPublished: true)));

        Assert.Equal("third", Encoding.UTF8.GetString((await Store.FindDefinition("inquiry", VersionChoice.Published, default))!.Body));
    }

    [Fact]
    public async Task A_published_version_takes_no_other_bytes()
    {
        await Save(A.Definition(1, "first", isPublished: true));

        Assert.False(await Save(A.Definition(1, "other", isPublished: true) with { Hash = [4] }));
        Assert.True(await Save(A.Definition(1, "first", isPublished: true)));
        Assert.Equal("first", Encoding.UTF8.GetString((await Store.FindVersion("inquiry-1", default))!.Body));
    }

    [Fact]
    public async Task A_retracted_version_is_not_published_but_stays_for_its_instances()
    {
        await Save(A.Definition(1, isPublished: true));

        Assert.True(await Store.RetractDefinition("inquiry", default));

        Assert.Null(await Version(VersionChoice.Published));
        Assert.Equal(1, await Version(VersionChoice.Latest));
        Assert.NotNull(await Store.FindVersion("inquiry-1", default));
        Assert.False(await Store.RetractDefinition("inquiry", default));
    }

    [Fact]
    public async Task Latest_or_published_prefers_the_latest()
    {
        await Save(A.Definition(1, isPublished: true));
        await Save(A.Definition(2));

        Assert.Equal(2, await Version(new VersionChoice(VersionKind.LatestOrPublished)));
        Assert.Null(await Store.FindDefinition("unknown", VersionChoice.Latest, default));
    }

    public sealed class OnSqlite : DefinitionStoreTests
    {
        protected override Task<IFlowStore> Open() => OpenSqlite();
    }

    [Collection(PostgresCollection.Name)]
    public sealed class OnPostgres : DefinitionStoreTests
    {
        protected override Task<IFlowStore> Open() => OpenPostgres();
    }
}
