<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: GPL-3.0-or-later -->
<!-- Makes an HTML page of a help page in Mallard, for desktops without a viewer of such pages. Each page stands for
     itself: a browser in a sandbox may be given this one file only. What a page may contain is what has a template
     here; anything else ends the build. The file is named PAGE.LANGUAGE.html. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:m="http://projectmallard.org/1.0/"
                xmlns:w="urn:prolong:words" xmlns:svg="http://www.w3.org/2000/svg" exclude-result-prefixes="m w svg">
  <xsl:output method="html" encoding="UTF-8" indent="no" doctype-system="about:legacy-compat"/>
  <xsl:strip-space elements="m:page m:info m:section m:list m:steps m:terms m:item m:note m:keyseq"/>

  <w:language lang="en" name="English" contents="On this page" others="More help" languages="Languages"/>
  <w:language lang="nl" name="Nederlands" contents="Op deze pagina" others="Meer hulp" languages="Talen"/>
  <w:language lang="ru" name="Русский" contents="На этой странице" others="Ещё в справке" languages="Языки"/>

  <xsl:variable name="icon" select="document('../icons/hicolor/scalable/apps/io.github.prolong.Prolong.svg')/svg:svg"/>
  <xsl:variable name="id" select="/m:page/@id"/>
  <xsl:variable name="end" select="concat('.', /m:page/@xml:lang, '.html')"/>
  <xsl:variable name="words" select="document('')/*/w:language[@lang = current()/m:page/@xml:lang]"/>
  <xsl:variable name="index" select="document('index.page', /)/m:page"/>

  <xsl:template match="/m:page">
    <xsl:if test="not($words and $icon and $index)">
      <xsl:message terminate="yes">The words of html.xsl, the icon or the index is missing</xsl:message>
    </xsl:if>
    <html lang="{@xml:lang}">
      <head>
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <meta name="description" content="{m:info/m:desc}"/>
        <title>
          <xsl:value-of select="m:title"/>
          <xsl:if test="$id != 'index'"> – <xsl:value-of select="$index/m:title"/></xsl:if>
        </title>
        <style><xsl:value-of select="document('style.xml')/*"/></style>
      </head>
      <body>
        <header>
          <xsl:apply-templates select="$icon" mode="icon"/>
          <xsl:if test="$id != 'index'"><a href="index{$end}"><xsl:value-of select="$index/m:title"/></a></xsl:if>
        </header>
        <main>
          <h1><xsl:apply-templates select="m:title/node()"/></h1>
          <xsl:apply-templates select="*[not(self::m:info or self::m:title or self::m:section)]"/>
          <xsl:choose>
            <xsl:when test="$id = 'index'"><xsl:call-template name="topics"/></xsl:when>
            <xsl:when test="count(m:section) &gt; 5"><xsl:call-template name="contents"/></xsl:when>
          </xsl:choose>
          <xsl:apply-templates select="m:section"/>
        </main>
        <footer>
          <xsl:if test="$id != 'index'"><xsl:call-template name="others"/></xsl:if>
          <xsl:call-template name="languages"/>
        </footer>
      </body>
    </html>
  </xsl:template>

  <!-- Around the text -->

  <xsl:template match="svg:svg" mode="icon">
    <svg width="40" height="40" viewBox="{@viewBox}" aria-hidden="true"><xsl:apply-templates mode="copy"/></svg>
  </xsl:template>
  <xsl:template match="*" mode="copy">
    <xsl:element name="{local-name()}"><xsl:copy-of select="@*"/><xsl:apply-templates mode="copy"/></xsl:element>
  </xsl:template>

  <xsl:template name="topics">
    <ul class="topics">
      <xsl:for-each select="m:info/m:link[@type = 'topic']">
        <xsl:variable name="page" select="document(concat(@xref, '.page'), .)/m:page"/>
        <li>
          <a href="{@xref}{$end}"><xsl:value-of select="$page/m:title"/></a>
          <span><xsl:value-of select="$page/m:info/m:desc"/></span>
        </li>
      </xsl:for-each>
    </ul>
  </xsl:template>

  <xsl:template name="contents">
    <nav class="contents" aria-labelledby="contents">
      <h2 id="contents"><xsl:value-of select="$words/@contents"/></h2>
      <ul>
        <xsl:for-each select="m:section">
          <li><a href="#{@id}"><xsl:value-of select="m:title"/></a></li>
        </xsl:for-each>
      </ul>
    </nav>
  </xsl:template>

  <xsl:template name="others">
    <nav aria-labelledby="others">
      <h2 id="others"><xsl:value-of select="$words/@others"/></h2>
      <ul>
        <xsl:for-each select="$index/m:info/m:link[@type = 'topic' and @xref != $id]">
          <li>
            <a href="{@xref}{$end}"><xsl:value-of select="document(concat(@xref, '.page'), .)/m:page/m:title"/></a>
          </li>
        </xsl:for-each>
      </ul>
    </nav>
  </xsl:template>

  <xsl:template name="languages">
    <nav class="languages" aria-label="{$words/@languages}">
      <ul>
        <xsl:for-each select="document('')/*/w:language">
          <li>
            <xsl:choose>
              <xsl:when test="@lang = $words/@lang"><span aria-current="true"><xsl:value-of select="@name"/></span></xsl:when>
              <xsl:otherwise>
                <a href="{$id}.{@lang}.html" hreflang="{@lang}" lang="{@lang}"><xsl:value-of select="@name"/></a>
              </xsl:otherwise>
            </xsl:choose>
          </li>
        </xsl:for-each>
      </ul>
    </nav>
  </xsl:template>

  <!-- The text -->

  <xsl:template match="m:section">
    <section id="{@id}" aria-labelledby="{@id}-title">
      <h2 id="{@id}-title"><xsl:apply-templates select="m:title/node()"/></h2>
      <xsl:apply-templates select="*[not(self::m:title)]"/>
    </section>
  </xsl:template>
  <xsl:template match="m:p"><p><xsl:apply-templates/></p></xsl:template>
  <xsl:template match="m:steps"><ol class="steps"><xsl:apply-templates/></ol></xsl:template>
  <xsl:template match="m:list"><ul><xsl:apply-templates/></ul></xsl:template>
  <xsl:template match="m:steps/m:item | m:list/m:item"><li><xsl:apply-templates/></li></xsl:template>
  <xsl:template match="m:terms"><dl><xsl:apply-templates/></dl></xsl:template>
  <xsl:template match="m:terms/m:item">
    <dt><xsl:apply-templates select="m:title/node()"/></dt>
    <dd><xsl:apply-templates select="*[not(self::m:title)]"/></dd>
  </xsl:template>
  <xsl:template match="m:note"><aside class="note"><xsl:apply-templates/></aside></xsl:template>

  <xsl:template match="m:em"><em><xsl:apply-templates/></em></xsl:template>
  <xsl:template match="m:code"><code><xsl:apply-templates/></code></xsl:template>
  <xsl:template match="m:file"><code><xsl:apply-templates/></code></xsl:template>
  <xsl:template match="m:key"><kbd><xsl:apply-templates/></kbd></xsl:template>
  <xsl:template match="m:keyseq">
    <xsl:for-each select="m:key"><xsl:if test="position() &gt; 1">+</xsl:if><xsl:apply-templates select="."/></xsl:for-each>
  </xsl:template>
  <xsl:template match="m:gui"><b class="gui"><xsl:apply-templates/></b></xsl:template>
  <xsl:template match="m:gui[@style = 'button']"><b class="gui button"><xsl:apply-templates/></b></xsl:template>

  <!-- A link is PAGE, PAGE#SECTION or #SECTION; without words of its own it has those of the title there. -->
  <xsl:template match="m:link">
    <xsl:variable name="page" select="substring-before(concat(@xref, '#'), '#')"/>
    <xsl:variable name="section" select="substring-after(@xref, '#')"/>
    <a>
      <xsl:attribute name="href">
        <xsl:if test="$page"><xsl:value-of select="concat($page, $end)"/></xsl:if>
        <xsl:if test="$section"><xsl:value-of select="concat('#', $section)"/></xsl:if>
      </xsl:attribute>
      <xsl:apply-templates/>
      <xsl:if test="not(node())">
        <xsl:value-of select="document(concat(@xref, '.page'), .)/m:page/m:title"/>
      </xsl:if>
    </a>
  </xsl:template>

  <xsl:template match="*">
    <xsl:message terminate="yes">html.xsl has no template for <xsl:value-of select="name()"/></xsl:message>
  </xsl:template>
</xsl:stylesheet>
