using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Relief.Flow.Tests.Gates;

/// <summary>One top-level type per file, named like it, in the namespace of its folder, sealed; folders are features, never kinds.</summary>
/// <remarks>Records, enums and attributes may share a file as one family, also at the foot of the class that speaks them.</remarks>
public static class TypesAndFiles
{
    private static readonly HashSet<string> Kinds = ["Models", "Contracts", "Interfaces", "Services", "Extensions", "Enums", "Exceptions", "Helpers", "Common"];

    public static IEnumerable<string> Breaches(IReadOnlyCollection<SourceFile> files)
    {
        var parents = files.SelectMany(file => file.Types).OfType<TypeDeclarationSyntax>()
            .SelectMany(type => type.BaseList?.Types ?? []).Select(parent => SimpleName(parent.Type)).ToHashSet();
        return files.SelectMany(file => Shared(file).Concat(Misplaced(file)).Concat(Unsealed(file, parents)));
    }

    private static IEnumerable<string> Shared(SourceFile file)
    {
        var types = TopLevel(file);
        var alone = types.Where(type => !IsFamily(type)).ToList();
        if (alone.Count > 1)
            yield return $"{file.Path} holds several types: {string.Join(", ", alone.Select(SourceFile.NameOf))}";

        var named = alone.Count == 1 ? alone[0] : types.Count == 1 ? types[0] : null;
        var stem = file.Name.Split('.')[0];
        if (named is not null && SourceFile.NameOf(named) != stem)
            yield return $"{file.Path} is not named like its type {SourceFile.NameOf(named)}";
    }

    private static IEnumerable<string> Misplaced(SourceFile file)
    {
        var folders = file.Path.Split('/')[..^1];
        foreach (var kind in folders.Where(Kinds.Contains))
            yield return $"{file.Path} lies in a folder of a kind, {kind}";

        var project = folders is ["src", var name, ..] ? $"Relief.Flow.{name}" : "Relief.Flow.Tests";
        var first = folders.Skip(folders[0] == "src" ? 2 : 1).FirstOrDefault();
        var feature = first is null ? project : $"{project}.{first}";
        foreach (var declared in file.Root.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>())
        {
            var at = declared.Name.ToString();
            var loose = folders[0] == "tests" && at == project;
            if (!loose && at != feature && !at.StartsWith(feature + ".", StringComparison.Ordinal))
                yield return $"{file.Path} declares {at} and belongs to {feature}";
        }
    }

    private static IEnumerable<string> Unsealed(SourceFile file, HashSet<string> parents) =>
        from type in file.Types.OfType<ClassDeclarationSyntax>()
        where !type.Modifiers.Any(SyntaxKind.SealedKeyword) && !type.Modifiers.Any(SyntaxKind.StaticKeyword) && !type.Modifiers.Any(SyntaxKind.AbstractKeyword)
        where !parents.Contains(type.Identifier.Text) && type.Identifier.Text != "Program"
        select $"{file.Path} {type.Identifier.Text} is not sealed";

    private static List<MemberDeclarationSyntax> TopLevel(SourceFile file) =>
        [.. file.Types.Where(type => type.Parent is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax && !type.Modifiers.Any(SyntaxKind.FileKeyword))];

    private static bool IsFamily(MemberDeclarationSyntax type) =>
        type is RecordDeclarationSyntax or EnumDeclarationSyntax
        || type is ClassDeclarationSyntax { BaseList.Types: [var parent, ..] } && SimpleName(parent.Type).EndsWith("Attribute", StringComparison.Ordinal);

    private static string SimpleName(TypeSyntax type) => type switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.Text,
        SimpleNameSyntax simple => simple.Identifier.Text,
        _ => type.ToString()
    };
}
