// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEditions} from "./IEditions.sol";

/// @title Claiming the token of a piece
/// @notice The piece carries a sealed key that signs who shall receive the token, so there is nothing to front-run and
/// anyone may send it.
interface IClaims {
    /// @notice What happened to one claim; all but the first are refusals.
    enum ClaimOutcome {
        Claimed,
        DeadlinePassed,
        RecipientZero,
        Withdrawn,
        AlreadyClaimed,
        BatchUnknown,
        InObjectionTime,
        SerialOutsideBatch,
        ClaimSignatureMalformed,
        Superseded,
        NotInBatch,
        CoSignatureInvalid
    }

    /// @notice One claim: what the piece's key signed, and the proof that its certificate is in an anchored batch.
    struct ClaimRequest {
        address issuer;
        uint64 edition;
        uint32 serial;
        address recipient;
        uint64 deadline;
        bytes32 certificateDigest;
        IEditions.Batch batch;
        bytes32[] path;
        bytes claimSignature;
        bytes coSignature;
    }

    /// @notice The token of a serial was claimed with the certificate of this digest.
    event Claimed(uint256 indexed tokenId, address indexed recipient, bytes32 certificateDigest);
    /// @notice One claim of several was refused.
    event ClaimRefused(uint256 indexed tokenId, address indexed recipient, ClaimOutcome outcome);

    /// @notice The claim was refused, for this reason.
    error ClaimInvalid(uint256 tokenId, ClaimOutcome outcome);

    /// @notice Claims one token or reverts.
    /// @param request the claim
    function claim(ClaimRequest calldata request) external;

    /// @notice Claims several tokens; a refused one does not stop the others.
    /// @param requests the claims
    /// @return outcomes one per claim, in order
    function claimMany(ClaimRequest[] calldata requests) external returns (ClaimOutcome[] memory outcomes);
}
