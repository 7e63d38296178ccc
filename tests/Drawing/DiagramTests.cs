using System.Text;
using System.Xml.Linq;
using Relief.Flow.Tests.Definitions;
using Relief.Flow.Workflows.Definitions;
using Relief.Flow.Workflows.Drawing;

namespace Relief.Flow.Tests.Drawing;

public sealed class DiagramTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static TheoryData<string> Files { get; } =
        [.. Directory.EnumerateFiles(Repository.At("definitions"), "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_definition_is_drawn_with_all_its_steps_and_lines_and_no_step_over_another(string id)
    {
        var definition = DefinitionReader.Read(File.ReadAllBytes(Repository.At("definitions", id + ".json"))).Definition!;
        var picture = Draw(definition);

        Assert.Equal(definition.Nodes.Keys.Where(node => node != definition.Root.Id).Order(), Marked(picture, "data-activity").Order());
        Assert.Equal(definition.Root.Connections.Distinct().Count(), Marked(picture, "data-line").Count());
        var places = picture.Descendants(Svg + "g").Where(one => one.Attribute("data-activity") is not null).Select(one => (string)one.Attribute("transform")!).ToList();
        Assert.Equal(places.Count, places.Distinct().Count());
    }

    [Fact]
    public void A_name_cannot_become_markup()
    {
        const string Name = "</text><script>alert(1)</script>&\\\"'\\u0007\\uFFFE";
        var picture = Draw(Drawn.Flowchart($$"""
            { "id": "a\" onload=\"x", "type": "Elsa.WriteLine", "name": "{{Name}}" },
            { "id": "b", "type": "{{Name}}", "metadata": { "displayText": "{{Name}}" } }
            """, Drawn.Line("b", Name, "a\\\" onload=\\\"x")));

        Assert.DoesNotContain(picture.Descendants(), one => one.Name.LocalName is "script" or "foreignObject");
        Assert.DoesNotContain(picture.Descendants().Attributes(), one => one.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.Contains(picture.Descendants(Svg + "title"), one => one.Value.Contains("<script>", StringComparison.Ordinal));
    }

    [Fact]
    public void What_nobody_has_placed_is_laid_out_from_left_to_right()
    {
        var picture = Draw(Drawn.Flowchart(
            """{ "id": "a", "type": "Elsa.WriteLine" }, { "id": "b", "type": "Elsa.WriteLine" }, { "id": "c", "type": "Elsa.WriteLine" }""",
            $"{Drawn.Line("c", "Done", "a")}, {Drawn.Line("a", "Done", "b")}, {Drawn.Line("b", "Done", "a")}"));

        Assert.True(Place(picture, "c").X < Place(picture, "a").X);
        Assert.True(Place(picture, "a").X < Place(picture, "b").X);
    }

    [Fact]
    public void Children_in_members_and_containers_are_drawn_inside()
    {
        var picture = Draw(Drawn.Flowchart("""
            { "id": "each", "type": "Elsa.ForEach", "body": { "id": "body", "type": "Elsa.Sequence", "activities": [
              { "id": "if", "type": "Elsa.If", "then": { "id": "yes", "type": "Elsa.WriteLine" }, "else": { "id": "no", "type": "Elsa.WriteLine" } } ] } }
            """));

        var each = picture.Descendants(Svg + "g").Single(one => (string?)one.Attribute("data-activity") == "each");
        Assert.Equal(["if", "no", "yes"], each.Descendants(Svg + "g").Select(one => (string?)one.Attribute("data-activity")).OfType<string>().Order());
        Assert.Contains(each.Descendants(Svg + "text"), text => text.Value == "port:then");
    }

    [Fact]
    public void It_tells_its_title_and_what_it_shows_and_is_the_same_each_time()
    {
        var definition = Drawn.Flowchart("""{ "id": "a", "type": "Elsa.WriteLine", "name": "写" }""");
        var picture = Draw(definition);

        Assert.Equal("drawn", picture.Element(Svg + "title")!.Value);
        Assert.Contains("写", picture.Element(Svg + "desc")!.Value, StringComparison.Ordinal);
        Assert.Equal(DiagramWriter.Write(definition, Style()), DiagramWriter.Write(definition, Style()));
    }

    [Fact]
    public void An_empty_root_a_single_activity_a_loop_to_itself_and_wild_coordinates_are_drawn()
    {
        Draw(Drawn.Flowchart(""));
        Draw(Drawn.Definition("""{ "id": "v", "definitionId": "one", "root": { "id": "w", "type": "Elsa.WriteLine" } }"""));
        Draw(Drawn.Flowchart("""{ "id": "a", "type": "Elsa.WriteLine" }""", Drawn.Line("a", "Done", "a")));
        var wild = """{ "id": "a", "type": "X", "metadata": { "designer": { "position": { "x": 1e300, "y": -5 } } } }, { "id": "b", "type": "X", "metadata": { "designer": { "position": { "x": "left", "y": null } } } }""";
        Assert.Equal(["a", "b"], Marked(Draw(Drawn.Flowchart(wild)), "data-activity"));
    }

    [Fact]
    public void Three_hundred_steps_with_many_lines_are_drawn()
    {
        var random = new Random(7);
        var steps = string.Join(",", Enumerable.Range(0, 300).Select(i => $$"""{ "id": "n{{i}}", "type": "Elsa.WriteLine", "name": "第 {{i}} 步" }"""));
        var lines = string.Join(",", Enumerable.Range(1, 299).SelectMany(i => new[] { Drawn.Line($"n{random.Next(Math.Max(0, i - 8), i)}", "Done", $"n{i}"), Drawn.Line($"n{i}", "Again", $"n{random.Next(300)}") }));

        Assert.Equal(300, Marked(Draw(Drawn.Flowchart(steps, lines)), "data-activity").Count());
    }

    [Fact]
    public void A_comparison_shows_what_is_new_gone_changed_and_moved_in_one_drawing()
    {
        const string Kept = """{ "id": "kept", "type": "Elsa.WriteLine", "text": { "expression": { "type": "Literal", "value": "VALUE" } } }""";
        var before = Drawn.Flowchart(Kept + """, { "id": "gone", "type": "Elsa.WriteLine" }""", Drawn.Line("kept", "Done", "gone"));
        var after = Drawn.Flowchart(Kept.Replace("VALUE", "other", StringComparison.Ordinal) + """, { "id": "fresh", "type": "Elsa.WriteLine" }""", Drawn.Line("kept", "Done", "fresh"));

        var (merged, paint) = DiffPaint.Of(before, after, key => key);
        var picture = XDocument.Parse(DiagramWriter.Write(merged, Style() with { Paint = paint })).Root!;

        Assert.Equal(["fresh", "gone", "kept"], Marked(picture, "data-activity").Order());
        Assert.Equal((MarkKind.Changed, MarkKind.Removed, MarkKind.Added), (paint.Activities["kept"].Kind, paint.Activities["gone"].Kind, paint.Activities["fresh"].Kind));
        Assert.Equal([MarkKind.Added, MarkKind.Removed], paint.Lines.Values.Select(mark => mark.Kind).Order());
    }

    private static DiagramStyle Style() => new() { Look = node => new ActivityLook(ActivityKind.Plain, node.Type), Word = key => key == "diagram.describe" ? "{0} {1} {2}" : key, PortName = (_, port) => "port:" + port };

    private static XElement Draw(Definition definition)
    {
        var text = DiagramWriter.Write(definition, Style());
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return XDocument.Load(stream).Root!;
    }

    private static IEnumerable<string> Marked(XElement picture, string attribute) => picture.Descendants(Svg + "g").Select(one => (string?)one.Attribute(attribute)).OfType<string>();

    private static (double X, double Y) Place(XElement picture, string activity)
    {
        var transform = (string)picture.Descendants(Svg + "g").Single(one => (string?)one.Attribute("data-activity") == activity).Attribute("transform")!;
        var numbers = transform["translate(".Length..^1].Split(' ').Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        return (numbers[0], numbers[1]);
    }
}
