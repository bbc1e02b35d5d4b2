// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

import {ICertificates} from "./ICertificates.sol";

/// @title Reports of missing pieces: shown by a verdict, never blocking a transfer
/// @notice A report belongs to its holder: a transfer ends it.
abstract contract Missing is ICertificates, ERC721 {
    struct Report {
        address holder;
        uint64 since;
    }

    mapping(uint256 tokenId => Report) private _missing;

    /// @inheritdoc ICertificates
    function reportMissing(uint256 tokenId) external {
        address holder = _requireOwned(tokenId);
        if (holder != msg.sender) revert NotHolder(tokenId, holder);
        _missing[tokenId] = Report(holder, uint64(block.timestamp));
        emit MissingReported(tokenId, holder, uint64(block.timestamp));
    }

    /// @inheritdoc ICertificates
    function clearMissing(uint256 tokenId) external {
        address holder = _requireOwned(tokenId);
        if (holder != msg.sender) revert NotHolder(tokenId, holder);
        if (_missing[tokenId].since == 0) revert NotMissing(tokenId);
        _endReport(tokenId);
    }

    /// @inheritdoc ICertificates
    function missingOf(uint256 tokenId) external view returns (address, uint64) {
        Report storage report = _missing[tokenId];
        return (report.holder, report.since);
    }

    /// @dev A transfer ends the report of the holder before.
    function _update(address to, uint256 tokenId, address auth) internal override returns (address from) {
        from = super._update(to, tokenId, auth);
        if (from != address(0) && _missing[tokenId].since != 0) _endReport(tokenId);
    }

    function _endReport(uint256 tokenId) private {
        address holder = _missing[tokenId].holder;
        delete _missing[tokenId];
        emit MissingCleared(tokenId, holder);
    }
}
